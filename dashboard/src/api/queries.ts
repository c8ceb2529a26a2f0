import { QueryClient } from '@tanstack/react-query';
import { Failure, isPassing } from './failure.ts';

/** Milliseconds for which a list is shown without asking anew. */
const FRESH = 15_000;

/** Attempts after the first. */
const RETRIES = 2;

/** @param signedOut told when the API knows the session no longer */
export function queryClient(signedOut: () => void): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: FRESH, retry: (count, error) => count < RETRIES && isPassing(error) },
      mutations: { retry: false },
    },
  });
  const look = (error: unknown) => {
    if (error instanceof Failure && error.status === 401) signedOut();
  };
  client.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'updated' && query.state.status === 'error') look(query.state.error);
  });
  client.getMutationCache().subscribe(({ type, mutation }) => {
    if (type === 'updated' && mutation.state.status === 'error') look(mutation.state.error);
  });
  return client;
}
