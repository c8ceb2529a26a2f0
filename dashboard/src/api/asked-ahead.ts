/** Tells the API that a page of its own host calls. */
export const OWN_PAGE = { 'x-vitrine': '1' } as const;

/** Milliseconds of a page's life after which what was asked for ahead is too old to be shown. */
const FRESH = 15_000;

const answers = new Map<string, Promise<Response>>();

/** Makes a call before the program is there that wants its answer. @param url relative to the API's host */
export function askAhead(url: string): void {
  const answer = fetch(url, { headers: OWN_PAGE });
  // Whoever takes it is told of a failure.
  answer.catch(() => undefined);
  answers.set(whatIsAsked(url), answer);
}

/** Gives the answer of a call that was made ahead to the first who makes the same one; asks the API otherwise. */
export function askOnce(request: Request): Promise<Response> {
  // What was asked for before a change does not tell of it.
  if (request.method !== 'GET' || performance.now() > FRESH) answers.clear();
  const asked = whatIsAsked(request.url);
  const answer = answers.get(asked);
  answers.delete(asked);
  return answer ?? fetch(request);
}

/** The same for the same question, however its letters are escaped. */
function whatIsAsked(url: string): string {
  const { pathname, searchParams } = new URL(url, location.origin);
  return `${pathname}?${searchParams}`;
}
