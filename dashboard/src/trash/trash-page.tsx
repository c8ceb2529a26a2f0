import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import { theseFiles } from '../select/chosen-files.ts';
import { restore } from '../select/trash-actions.ts';
import { useFileAction } from '../select/use-file-action.ts';
import { useMay } from '../session/session.ts';
import { FailurePage } from '../shell/failure-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { asSelected, TrashLine } from './trash-line.tsx';

const EmptyTrashDialog = lazy(() => import('./empty-trash-dialog.tsx'));

/** What was deleted in the last days, and the way back. */
export default function TrashPage() {
  const text = useText();
  const { trash, select } = text;
  const may = useMay();
  usePageTitle(trash.title);
  const run = useFileAction();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isEmptying, setIsEmptying] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['trash'],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/trash', { signal })),
    staleTime: 0,
  });
  const selected = data?.filter(({ id }) => chosen.has(id)) ?? [];
  const toggle = (id: string) =>
    setChosen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  const bringBack = (items: NonNullable<typeof data>) => {
    setChosen(new Set());
    void run(restore(text), theseFiles(items.map(asSelected)));
  };
  return (
    <div className="page">
      <h1>{trash.title}</h1>
      <p>{trash.hint}</p>
      {data !== undefined && data.length > 0 && (
        <div className="actions">
          <Button onClick={() => setChosen(new Set(selected.length < data.length ? data.map(({ id }) => id) : []))}>
            {selected.length < data.length ? trash.selectAll : select.clear}
          </Button>
          {may('files.restore') && selected.length > 0 && (
            <Button onClick={() => bringBack(selected)}>{trash.restoreSome(selected.length)}</Button>
          )}
          {may('trash.empty') && <Button onClick={() => setIsEmptying(true)}>{trash.emptyIt}</Button>}
        </div>
      )}
      {isPending && <PageSkeleton />}
      {error && <FailurePage error={error} retry={() => void refetch()} />}
      {data?.length === 0 && (
        <div className="message">
          <h2>{trash.empty}</h2>
        </div>
      )}
      <ul className="trash">
        {data?.map((item) => (
          <TrashLine
            key={item.id}
            item={item}
            isChosen={chosen.has(item.id)}
            toggle={() => toggle(item.id)}
            restore={may('files.restore') ? () => bringBack([item]) : undefined}
          />
        ))}
      </ul>
      {isEmptying && (
        <Suspense>
          <EmptyTrashDialog close={() => setIsEmptying(false)} />
        </Suspense>
      )}
    </div>
  );
}
