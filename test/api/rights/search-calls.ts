import type { ExampleCall } from '../example-calls.ts';
import type { FolderCall } from './folder-call.ts';
import { path } from './folder-call.ts';
import { newSearch } from './places.ts';

const one = (method: ExampleCall['method'], id = '0', more: Partial<ExampleCall> = {}): ExampleCall => ({
  ...{ method, path: `/v1/saved-searches/${id}` },
  ...more,
});

/** Searches that are saved: who may read somewhere keeps them, who may change something there changes those of all. */
export const SEARCH_CALLS: readonly FolderCall[] = [
  {
    operation: 'saved-searches.create',
    needs: [],
    call: () => ({ method: 'POST', path: '/v1/saved-searches', json: { name: 'x', searchQuery: 'size > 1' } }),
  },
  { operation: 'saved-searches.list', needs: [], call: () => ({ method: 'GET', path: '/v1/saved-searches' }) },
  {
    operation: 'saved-searches.get',
    needs: [],
    call: ({ target: { searchId } }) => one('GET', searchId),
  },
  {
    operation: 'saved-searches.assets',
    needs: [],
    call: ({ target: { searchId } }) => one('GET', `${searchId}/assets`),
  },
  {
    operation: 'saved-searches.update',
    needs: [path('files.update', 'counterpart')],
    call: ({ target: { searchId } }) => one('PATCH', searchId, { json: { name: 'y' } }),
  },
  {
    operation: 'saved-searches.delete',
    needs: [path('files.update', 'counterpart')],
    use: async (deployment) => ({ searchId: await newSearch(deployment) }),
    call: ({ target: { searchId } }) => one('DELETE', searchId),
  },
];
