import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type paths } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';

type Shares = paths['/v1/shares'];

export type Share = Shares['get']['responses'][200]['content']['application/json'][number];
export type ShareToMake = NonNullable<Shares['post']['requestBody']>['content']['application/json'];

const KEY = ['shares'] as const;

/** Share links of files that whoever is signed in may share, oldest first. */
export const useShares = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => dataOf(api.GET('/v1/shares', { signal })), staleTime: 0 });

/** Makes a link; its URL is in this answer and in no other. */
export function useMakeShare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ShareToMake) => dataOf(api.POST('/v1/shares', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRevokeShare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(api.DELETE('/v1/shares/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
