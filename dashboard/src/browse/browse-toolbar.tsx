import Button from '@cloudscape-design/components/button';
import { useText } from '../i18n/text.tsx';
import { UploadButton } from '../upload/upload-button.tsx';
import { SORTS, type Sort, type View } from './view.ts';

export interface BrowseToolbarProps {
  readonly view: View;
  readonly change: (change: Partial<View>) => void;
  /** How many files there are. @default not known yet */
  readonly count: string | undefined;
  /** @default there can be no folder here */
  readonly newFolder: (() => void) | undefined;
}

export function BrowseToolbar({ view, change, count, newFolder }: BrowseToolbarProps) {
  const { browse } = useText();
  return (
    <div className="toolbar">
      <p className="count" role="status">
        {count}
      </p>
      <label>
        <span className="for-screen-readers">{browse.sort}</span>
        <select value={view.sort} onChange={(event) => change({ sort: event.target.value as Sort })}>
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {browse.sorts[sort]}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="switch">
        <legend className="for-screen-readers">{browse.view}</legend>
        {(['grid', 'list'] as const).map((layout) => (
          <button key={layout} type="button" aria-pressed={view.layout === layout} onClick={() => change({ layout })}>
            {browse[layout]}
          </button>
        ))}
      </fieldset>
      <UploadButton />
      {newFolder && <Button onClick={newFolder}>{browse.newFolder}</Button>}
    </div>
  );
}
