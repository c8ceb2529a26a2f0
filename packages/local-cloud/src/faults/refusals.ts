import type { FaultKind, FaultPlace } from './fault-rule.ts';

/** An answer in the place of the service's own. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a service words a refusal; undefined for faults that refuse nothing. */
export function refusalOf(at: FaultPlace, kind: FaultKind, body: Buffer, random: () => number): Refusal | undefined {
  if (at === 's3') return S3[kind] && xml(S3[kind]);
  if (at === 'cloudfront') return QUERY[kind] && xml(QUERY[kind]);
  if (at !== 'dynamodb') return JSON_APIS[kind] && json(JSON_APIS[kind]);
  if (kind === 'conflict') return dynamoDb(400, conflict(body, random));
  if (kind === 'throttle') {
    return dynamoDb(400, { __type: `${TYPE}ThrottlingException`, message: 'Throughput exceeds the current capacity.' });
  }
  if (kind === 'error')
    return dynamoDb(500, { __type: `${TYPE}InternalServerError`, message: 'Internal server error' });
  return undefined;
}

interface Words {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const BROKEN = 'We encountered an internal error. Please try again.';

const S3: Partial<Record<FaultKind, Words>> = {
  'slow-down': { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
  error: { status: 500, code: 'InternalError', message: BROKEN },
};

const QUERY: Partial<Record<FaultKind, Words>> = {
  throttle: { status: 400, code: 'Throttling', message: 'Rate exceeded' },
  deny: { status: 403, code: 'AccessDenied', message: 'Access denied.' },
  error: { status: 500, code: 'InternalFailure', message: BROKEN },
};

const JSON_APIS: Partial<Record<FaultKind, Words>> = {
  throttle: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
  deny: { status: 400, code: 'AccessDeniedException', message: 'Access denied.' },
  error: { status: 500, code: 'InternalFailure', message: BROKEN },
};

const xml = ({ status, code, message }: Words): Refusal => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

const json = ({ status, code, message }: Words): Refusal => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: code, message }),
});

const TYPE = 'com.amazonaws.dynamodb.v20120810#';

const dynamoDb = (status: number, body: object): Refusal => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});

/** As AWS words it: one of the items met another transaction ("TransactWriteItems", errors). */
function conflict(body: Buffer, random: () => number): object {
  const { TransactItems } = JSON.parse(body.toString()) as { readonly TransactItems: readonly unknown[] };
  const place = Math.floor(random() * TransactItems.length);
  const reasons = TransactItems.map((_, index) =>
    index === place
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return {
    __type: `${TYPE}TransactionCanceledException`,
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  };
}
