import { languageFaults } from './language-gate.ts';
import type { OriginChoice } from './origin-choice.ts';
import { SandboxedFunction } from './sandbox.ts';

export interface EdgeFunctionSource {
  readonly code: string;
  /** Content of the associated KeyValueStore; none when the function has no store. */
  readonly store?: ReadonlyMap<string, string>;
}

/** A CloudFront function, loaded. `run` gives the handler's result, or throws with what went wrong. */
export interface EdgeFunction {
  /**
   * @param rawQuery the query as received, without `?`; undefined when the URL has none
   * @param origins takes what the function chooses. @default it may choose none
   */
  run(event: object, rawQuery: string | undefined, now: Date, origins?: OriginChoice): unknown;
}

const NO_ORIGINS: ReadonlySet<string> = new Set();

/**
 * Loads a function as the edge would: the language gate first, then the sandbox.
 * @param log gets what the function logs
 * @throws with line and construct when the edge would refuse the code
 */
export function loadEdgeFunction(
  { code, store }: EdgeFunctionSource,
  name: string,
  log: (line: string) => void = () => {},
): EdgeFunction {
  refuse(code, name);
  const content = store && JSON.stringify(Object.fromEntries(store));
  const sandboxed = new SandboxedFunction({ name, code, store: content }, log);
  return {
    run: (event, rawQuery, now, choice) => {
      const call = { event: JSON.stringify(event), rawQuery, now: now.getTime(), origins: choice?.ids ?? NO_ORIGINS };
      const { text, chosen } = sandboxed.run(call);
      if (choice) choice.chosen = chosen;
      return readOutcome(text, name);
    },
  };
}

function refuse(code: string, name: string): void {
  const faults = languageFaults(code);
  if (/\bupdateRequestOrigin\b/.test(code)) {
    faults.push('updateRequestOrigin: the local CDN does not run functions that change origins');
  }
  if (faults.length > 0) {
    throw new Error(`The edge function ${name} is not in the edge's language: ${faults.join('; ')}`);
  }
}

function readOutcome(outcome: string | undefined, name: string): unknown {
  if (outcome === undefined) throw new Error(`${name} did not settle`);
  const { result, error } = JSON.parse(outcome) as { result?: unknown; error?: string };
  if (error !== undefined) throw new Error(`${name}: ${error}`);
  return result;
}
