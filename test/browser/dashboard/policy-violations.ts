import type { BrowserContext } from 'playwright-core';

/** Notes what the page's Content-Security-Policy refuses, in every page of a context from now on. */
export async function notePolicyViolations(context: BrowserContext): Promise<readonly string[]> {
  const noted: string[] = [];
  await context.exposeFunction('notePolicyViolation', (violation: string) => void noted.push(violation));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      const { notePolicyViolation: note } = window as unknown as { notePolicyViolation: (text: string) => void };
      note(`${violatedDirective}: ${blockedURI} ${sample}`);
    });
  });
  return noted;
}
