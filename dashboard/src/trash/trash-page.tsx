import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import { useRestoring } from '../select/file-actions.ts';
import { useMay } from '../session/session.ts';
import { FailurePage } from '../shell/failure-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { usePageTitle } from '../shell/page-title.ts';

/** What was deleted in the last days, and the way back. */
export default function TrashPage() {
  const { text, locale } = useTexts();
  const { trash } = text;
  const may = useMay();
  usePageTitle(trash.title);
  const restoring = useRestoring();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['trash'],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/trash', { signal })),
    staleTime: 0,
  });
  return (
    <div className="page">
      <h1>{trash.title}</h1>
      <p>{trash.hint}</p>
      {isPending && <PageSkeleton />}
      {error && <FailurePage error={error} retry={() => void refetch()} />}
      {data?.length === 0 && (
        <div className="message">
          <h2>{trash.empty}</h2>
        </div>
      )}
      <ul className="trash">
        {data?.map(({ id, type, path, trashedAt }) => (
          <li key={id}>
            <div>
              <strong>{path}</strong>
              <br />
              <span className="quiet">
                {trash[type]} · {trash.deleted} {formatMoment(trashedAt, locale)}
              </span>
            </div>
            {may('files.restore') && (
              <Button
                ariaLabel={trash.restore(path)}
                loading={restoring.isPending && restoring.variables[0] === id}
                onClick={() => restoring.mutate([id])}
              >
                {trash.restoreShort}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
