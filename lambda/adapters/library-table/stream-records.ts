import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { FollowedChange } from '../../core/library/follow-changes.ts';
import type { ChangeNote } from '../../core/library/store/change-note.ts';
import { toRecord } from './record-items.ts';

/** A record of the table's stream, as Lambda hands it over (AWS, "Using AWS Lambda with Amazon DynamoDB"). */
export interface StreamRecord {
  readonly eventName?: string | undefined;
  readonly dynamodb?:
    | {
        readonly Keys?: object | undefined;
        readonly NewImage?: object | undefined;
        readonly OldImage?: object | undefined;
      }
    | undefined;
}

/** @returns undefined for records that nobody follows */
export function followedChange({ eventName, dynamodb = {} }: StreamRecord): FollowedChange | undefined {
  const key = toItem(dynamodb.Keys);
  const [before, after] = [toItem(dynamodb.OldImage), toItem(dynamodb.NewImage)];
  const pk = String(key?.pk);
  if (key?.sk === 'head') {
    const assetId = pk.slice('a#'.length);
    return {
      kind: 'head',
      assetId,
      ...(before && { before: toRecord('head', before) }),
      ...(after && { after: toRecord('head', after) }),
    };
  }
  if (!pk.startsWith('out#') || eventName !== 'INSERT' || !after) return undefined;
  return { kind: 'note', note: after as unknown as ChangeNote };
}

const toItem = (image: object | undefined): Record<string, unknown> | undefined =>
  image && unmarshall(image as Record<string, AttributeValue>);
