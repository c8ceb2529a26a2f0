import Button from '@cloudscape-design/components/button';
import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { useTrashing } from './file-actions.ts';
import type { Selection } from './selection.ts';

/** What can be done with the selected files. */
export function SelectionBar({ selection }: { readonly selection: Selection }) {
  const { select } = useText();
  const may = useMay();
  const trashing = useTrashing(selection.clear);
  const { files, clear } = selection;
  return (
    <section className="selection-bar" aria-label={select.count(files.length)}>
      <span aria-live="polite">{select.count(files.length)}</span>
      {may('files.delete') && (
        <Button loading={trashing.isPending} onClick={() => trashing.mutate(files)}>
          {select.remove}
        </Button>
      )}
      <Button variant="link" onClick={clear}>
        {select.clear}
      </Button>
    </section>
  );
}
