import { useQuery } from '@tanstack/react-query';
import { api, type paths } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';

export type CustomField =
  paths['/v1/customMetadataFields']['get']['responses'][200]['content']['application/json'][number];

/** The account's own fields; undefined until they are known. */
export const useCustomFields = (): readonly CustomField[] | undefined =>
  useQuery({
    queryKey: ['fields'],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/customMetadataFields', { signal })),
  }).data;
