/** An element of a page. */
export interface PageElement {
  readonly offsetHeight: number;
  readonly childElementCount: number;
  readonly textContent: string | null;
  scrollTop: number;
  getElementsByTagName(name: string): { readonly length: number };
  closest(selector: string): PageElement | null;
}

/** What these proofs use of a page's window, in functions that run in it. The types of browsers are the dashboard's alone. */
export interface PageWindow {
  readonly document: {
    readonly activeElement: PageElement | null;
    querySelector(selector: string): PageElement | null;
    addEventListener(type: string, listener: (event: { readonly target: PageElement }) => void, capture: boolean): void;
  };
  readonly PerformanceObserver: new (
    seen: (list: { getEntries(): readonly { readonly value: number }[] }) => void,
  ) => { observe(what: { readonly type: string; readonly buffered: boolean }): void };
  requestAnimationFrame(done: () => void): void;
  /** Milliseconds after which the first picture of a file was shown. */
  firstPicture?: number;
  /** Sum of the shifts of the layout so far. */
  shift: number;
}
