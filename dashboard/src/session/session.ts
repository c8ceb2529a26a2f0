import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { beforeSignOut } from './on-sign-out.ts';

/** Who is signed in. */
export const useMe = () =>
  useQuery({
    queryKey: ['me'],
    queryFn: () => dataOf(api.GET('/v1/people/{personId}', { params: { path: { personId: 'me' } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What they may do. */
export const useRights = () =>
  useQuery({
    queryKey: ['me', 'rights'],
    queryFn: () => dataOf(api.GET('/v1/people/{personId}/rights', { params: { path: { personId: 'me' } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Whether a permission is held somewhere; if it cannot be told, it is not. The API decides anyway. */
export function useMay(): (permission: string) => boolean {
  const { data } = useRights();
  return (permission) => data?.some((right) => right.permission === permission && right.allowed) ?? false;
}

/** Where people sign in, to come back to the page that they are on. */
export const signInUrl = (): string => `/auth/login?to=${encodeURIComponent(`${location.pathname}${location.search}`)}`;

/** Ends the session here, then that of the user pool, wherever it is. */
export async function signOut(): Promise<void> {
  await beforeSignOut();
  const answer = await fetch('/auth/logout', { method: 'POST', headers: { 'x-vitrine': '1' } });
  const { url } = (await answer.json()) as { readonly url: string };
  location.assign(url);
}
