import type { CDPSession, Page } from 'playwright-core';
import type { PageElement, PageWindow } from './page-window.ts';

/** What a page holds after it let go of what it can. */
export interface Held {
  /** Bytes. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  /** Seconds of scripts since the page began. */
  readonly scripting: number;
}

/** @param session of the page, with `Performance` enabled */
export async function held(session: CDPSession): Promise<Held> {
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const { metrics } = await session.send('Performance.getMetrics');
  const scripting = metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  return { heap: usedSize, nodes, listeners: jsEventListeners, scripting };
}

/**
 * Scrolls down by so many rows, one in a frame, and rests every screenful or so, as somebody who looks for something does. Where
 * the list ends, it waits for what is coming.
 * @returns the most elements of the grid at any time, and the rows that were passed
 */
export function scrollDown(page: Page, rows: number): Promise<{ readonly nodes: number; readonly rows: number }> {
  return page.evaluate(async (wanted) => {
    const page = globalThis as unknown as PageWindow;
    const scroller = page.document.querySelector('.scroller') as PageElement;
    const row = page.document.querySelector('.row')?.offsetHeight ?? 0;
    const frame = () => new Promise<void>((done) => page.requestAnimationFrame(done));
    const rest = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
    const begin = scroller.scrollTop;
    let nodes = 0;
    for (let passed = 1; passed <= wanted; passed++) {
      const before = scroller.scrollTop;
      scroller.scrollTop = begin + passed * row;
      await frame();
      nodes = Math.max(nodes, scroller.getElementsByTagName('*').length);
      for (let waits = 0; scroller.scrollTop < begin + passed * row && waits < 200; waits++) {
        await rest(50);
        scroller.scrollTop = begin + passed * row;
      }
      if (scroller.scrollTop === before) break;
      if (passed % 40 === 0) await rest(250);
    }
    // The cells of the last row but one are held until the page has nothing else to do.
    await rest(250);
    return { nodes, rows: Math.round((scroller.scrollTop - begin) / row) };
  }, rows);
}
