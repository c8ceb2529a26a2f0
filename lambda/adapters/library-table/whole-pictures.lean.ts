import type { StoredWhole, WholePictures } from '../../core/delivery/variant-store.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { dynamoCall } from '../signed-http/dynamo-call.lean.ts';
import type { TableItem } from '../signed-http/dynamo-items.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { WHOLE_PICTURE_KEY } from './library-keys.lean.ts';

/** Milliseconds for one attempt; a call takes single digits of them. */
const TIMEOUT = 2_000;

/** Seconds that a note is kept: as long as variants are by default. One that outlives its variant leads to nothing. */
const KEPT = 90 * 24 * 60 * 60;

/** Wider ones, and narrower ones, that are told. */
const EACH_WAY = 3;

/** An item for each width of a shelf; the last one that was noted of a width. */
export function wholePictures(environment: Environment, table: string, clock: Clock): WholePictures {
  const call = dynamoCall(environment, TIMEOUT);
  const next = async (pk: string, comparison: '>=' | '<', width: number): Promise<readonly TableItem[]> => {
    const { Items = [] } = (await call('Query', {
      TableName: table,
      KeyConditionExpression: `pk = :pk AND sk ${comparison} :sk`,
      ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: WHOLE_PICTURE_KEY.of('', width).sk } },
      ScanIndexForward: comparison === '>=',
      Limit: EACH_WAY,
    })) as { readonly Items?: readonly TableItem[] };
    return Items;
  };
  return {
    note: async (shelf, { key, width, height }) => {
      const { pk, sk } = WHOLE_PICTURE_KEY.of(shelf, width);
      const expiresAt = { N: String(Math.floor(clock() / 1000) + KEPT) };
      const Item = { pk: { S: pk }, sk: { S: sk }, variant: { S: key }, height: { N: String(height) }, expiresAt };
      await call('PutItem', { TableName: table, Item });
    },
    near: async (shelf, width) => {
      const { pk } = WHOLE_PICTURE_KEY.of(shelf, width);
      const [wider, narrower] = await Promise.all([next(pk, '>=', width), next(pk, '<', width)]);
      return [...wider, ...narrower].map(wholeIn);
    },
  };
}

const wholeIn = ({ sk, variant, height }: TableItem): StoredWhole => ({
  ...{ key: variant?.S ?? '', height: Number(height?.N) },
  width: WHOLE_PICTURE_KEY.widthOf(sk?.S ?? ''),
});
