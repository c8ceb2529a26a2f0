import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

/** One write of a transaction, with plain values. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export type PutItem = NonNullable<TransactItem['Put']>;
export type DeleteItem = NonNullable<TransactItem['Delete']>;
