import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import type { FileDetails } from './file-queries.ts';

/** Links of other sites are opened only when they are of the web; what others registered may be anything. */
const isOfTheWeb = (url: string): boolean => /^https?:\/\//i.test(url);

/** Where a file is used: by named transformations, and on pages that other systems told us of. */
export function UsedIn({ file: { fileId, referenceCount } }: { readonly file: FileDetails }) {
  const { asset } = useText();
  const { data: uses } = useQuery({
    queryKey: ['file', fileId, 'references'],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/files/{fileId}/references', { params: { path: { fileId } }, signal })),
    enabled: referenceCount !== 0,
  });
  if (!uses?.length) return null;
  return (
    <section aria-labelledby="used-in">
      <h2 id="used-in">{asset.usedWhere}</h2>
      <ul className="uses">
        {uses.map((use) =>
          use.type === 'registered' ? (
            <li key={use.id}>
              {isOfTheWeb(use.url) ? (
                <a href={use.url} target="_blank" rel="noopener noreferrer">
                  {use.label}
                </a>
              ) : (
                use.label
              )}
            </li>
          ) : (
            <li key={`${use.as} ${use.name}`}>
              {asset.transformation}: {use.name ?? use.as}
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
