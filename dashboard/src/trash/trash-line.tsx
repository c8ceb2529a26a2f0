import Button from '@cloudscape-design/components/button';
import type { paths } from '../api/client.ts';
import { formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import type { SelectedFile } from '../select/selected-file.ts';

export type TrashedItem = paths['/v1/trash']['get']['responses'][200]['content']['application/json'][number];

/** What an action has to know of it; the rest of a file is not known while it is in the trash. */
export const asSelected = ({ id, path }: TrashedItem): SelectedFile => ({
  ...{ fileId: id, filePath: path, name: path, tags: null },
  ...{ isPrivateFile: false, isPublished: true, size: 0 },
});

export interface TrashLineProps {
  readonly item: TrashedItem;
  readonly isChosen: boolean;
  readonly toggle: () => void;
  /** @default whoever looks may not */
  readonly restore: (() => void) | undefined;
}

export function TrashLine({ item, isChosen, toggle, restore }: TrashLineProps) {
  const { text, locale } = useTexts();
  const { trash } = text;
  const { type, path, trashedAt } = item;
  return (
    <li>
      <label className="trash-choice">
        <input type="checkbox" checked={isChosen} onChange={toggle} />
        <span>
          <strong>{path}</strong>
          <br />
          <span className="quiet">
            {trash[type]} · {trash.deleted} {formatMoment(trashedAt, locale)}
          </span>
        </span>
      </label>
      {restore && (
        <Button ariaLabel={trash.restore(path)} onClick={restore}>
          {trash.restoreShort}
        </Button>
      )}
    </li>
  );
}
