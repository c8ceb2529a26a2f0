const KEY = 'vitrine-single-keys';

/** Whether keys without Ctrl do something everywhere. Speech input would press them by accident (WCAG 2.2, 2.1.4). */
export const hasSingleKeys = (): boolean => localStorage.getItem(KEY) !== 'off';

export const setSingleKeys = (isOn: boolean): void => localStorage.setItem(KEY, isOn ? 'on' : 'off');

/** Does something when a key is pressed anywhere, unless somebody writes. @returns what ends it */
export function onSingleKey(key: string, run: () => void): () => void {
  const look = (event: KeyboardEvent) => {
    const isWriting = (event.target as Element).matches('input, textarea, select, [contenteditable]');
    if (event.key !== key || isWriting || event.ctrlKey || event.metaKey || event.altKey || !hasSingleKeys()) return;
    event.preventDefault();
    run();
  };
  document.addEventListener('keydown', look);
  return () => document.removeEventListener('keydown', look);
}
