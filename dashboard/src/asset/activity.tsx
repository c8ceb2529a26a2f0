import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { formatMoment } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';

/** Events that are shown, the newest first. */
const SHOWN = '20';

/** Who did what with a file, for those who may read the audit log. */
export function Activity({ fileId }: { readonly fileId: string }) {
  const { text, locale } = useTexts();
  const { asset } = text;
  const may = useMay();
  const { data: events } = useQuery({
    queryKey: ['file', fileId, 'activity'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/audit/events', { params: { query: { objectId: fileId, limit: SHOWN } }, signal })),
    enabled: may('audit.read'),
  });
  if (!events?.length) return null;
  const actions: Readonly<Record<string, string>> = asset.actions;
  return (
    <section aria-labelledby="activity">
      <h2 id="activity">{asset.activity}</h2>
      <ol className="versions">
        {events.map(({ id, action, caller, at }) => (
          <li key={id}>
            <div>
              {actions[action] ?? action}
              <br />
              <span className="quiet">
                {formatMoment(at, locale)} · {asset.callers[caller.kind === 'person' ? 'person' : 'program']}{' '}
                {caller.id}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
