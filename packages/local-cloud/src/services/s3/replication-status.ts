import type { ObjectVersion } from './store/object-version.ts';

/** Header of answers (S3 user guide, "Getting replication status information"). */
export const REPLICATION_STATUS = 'x-amz-replication-status';

type Status = 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA';

/** The headers of a version with its status; delete markers have none. */
export function withStatus(
  { headers, deleteMarker }: Pick<ObjectVersion, 'headers' | 'deleteMarker'>,
  status: Status,
): Readonly<Record<string, string>> {
  return deleteMarker ? headers : { ...headers, [REPLICATION_STATUS]: status };
}
