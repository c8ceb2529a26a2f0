import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type paths } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';

type Searches = paths['/v1/saved-searches'];

export type SavedSearch = Searches['get']['responses'][200]['content']['application/json'][number];
export type SearchToSave = NonNullable<Searches['post']['requestBody']>['content']['application/json'];

const KEY = ['saved-searches'] as const;

/** The searches of whoever is signed in, and those that are shared, oldest first; undefined until they are known. */
export const useSavedSearches = (): readonly SavedSearch[] | undefined =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => dataOf(api.GET('/v1/saved-searches', { signal })) }).data;

export function useSaveSearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SearchToSave) => dataOf(api.POST('/v1/saved-searches', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useForgetSearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(api.DELETE('/v1/saved-searches/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
