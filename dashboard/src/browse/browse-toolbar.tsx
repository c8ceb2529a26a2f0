import Button from '@cloudscape-design/components/button';
import { useText } from '../i18n/text.tsx';
import { UploadMenu } from '../upload/upload-menu.tsx';
import { SORTS, type Sort, type View } from './view.ts';

export interface BrowseToolbarProps {
  readonly view: View;
  readonly change: (change: Partial<View>) => void;
  /** How many files there are. @default not known yet */
  readonly count: string | undefined;
  readonly isFiltered: boolean;
  /** Shows what can narrow the list, or shows everything again. */
  readonly toggleFilters: () => void;
  /** @default there can be no folder here */
  readonly newFolder: (() => void) | undefined;
  /** @default there is none that could be moved */
  readonly moveFolder: (() => void) | undefined;
}

export function BrowseToolbar(props: BrowseToolbarProps) {
  const { view, change, count, isFiltered, toggleFilters, newFolder, moveFolder } = props;
  const { browse, find, select } = useText();
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
      <button type="button" className="chip" aria-pressed={isFiltered} onClick={toggleFilters}>
        {isFiltered ? find.all : find.narrow}
      </button>
      <fieldset className="switch">
        <legend className="for-screen-readers">{browse.view}</legend>
        {(['grid', 'list'] as const).map((layout) => (
          <button key={layout} type="button" aria-pressed={view.layout === layout} onClick={() => change({ layout })}>
            {browse[layout]}
          </button>
        ))}
      </fieldset>
      <UploadMenu />
      {newFolder && <Button onClick={newFolder}>{browse.newFolder}</Button>}
      {moveFolder && <Button onClick={moveFolder}>{select.moveFolder}</Button>}
    </div>
  );
}
