import { Link } from 'wouter';
import { useText } from '../i18n/text.tsx';
import { viewAddress } from './view.ts';

/** The folders above a folder, and the folder itself. */
export function Breadcrumbs({ path }: { readonly path: string }) {
  const { browse } = useText();
  const names = path.split('/').filter(Boolean);
  return (
    <nav aria-label={browse.path} className="crumbs">
      <ol>
        <li>
          {names.length > 0 ? <Link href="/">{browse.root}</Link> : <span aria-current="page">{browse.root}</span>}
        </li>
        {names.map((name, index) => {
          const here = `/${names.slice(0, index + 1).join('/')}`;
          return (
            <li key={here}>
              {index < names.length - 1 ? (
                <Link href={viewAddress({ path: here })}>{name}</Link>
              ) : (
                <span aria-current="page">{name}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
