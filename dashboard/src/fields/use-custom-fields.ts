import { useQuery } from '@tanstack/react-query';
import { api, type paths } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';

export type CustomField =
  paths['/v1/customMetadataFields']['get']['responses'][200]['content']['application/json'][number];

/**
 * The account's own fields; undefined until they are known.
 * @param folderPath whose path policy chooses among them, if it has one
 */
export const useCustomFields = (folderPath?: string): readonly CustomField[] | undefined =>
  useQuery({
    queryKey: ['fields', folderPath],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/customMetadataFields', { params: { query: folderPath ? { folderPath } : {} }, signal })),
  }).data;
