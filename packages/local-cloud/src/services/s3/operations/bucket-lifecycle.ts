import type { XmlElement } from '../../../xml.ts';
import type { ExpirationRule } from '../configuration.ts';
import { s3Error } from '../errors.ts';
import { receiveDocument } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { Lifecycle } from '../store/bucket-table.ts';
import { xmlAnswer } from './operation.ts';

/** The kinds of rules that are run, with the element and its child that hold the days. */
const KINDS = [
  { kind: 'expirations', element: 'Expiration', days: 'Days' },
  { kind: 'noncurrentExpirations', element: 'NoncurrentVersionExpiration', days: 'NoncurrentDays' },
  { kind: 'uploadExpirations', element: 'AbortIncompleteMultipartUpload', days: 'DaysAfterInitiation' },
] as const satisfies readonly { kind: keyof Lifecycle; element: string; days: string }[];

const KNOWN = ['ID', 'Status', 'Prefix', 'Filter', ...KINDS.map((kind) => kind.element)];

/** GetBucketLifecycleConfiguration. */
export function getLifecycle(services: S3Services, request: S3Request): S3Answer {
  const { lifecycle } = services.buckets.require(request.bucket);
  const rules = KINDS.flatMap(({ kind, element, days }) =>
    lifecycle[kind].map((rule, index) => ({
      ID: `${kind}-${index + 1}`,
      Filter: { Prefix: rule.prefix },
      Status: 'Enabled',
      [element]: { [days]: rule.days },
    })),
  );
  if (rules.length === 0) throw s3Error('NoSuchLifecycleConfiguration');
  return xmlAnswer('LifecycleConfiguration', { Rule: rules });
}

/** PutBucketLifecycleConfiguration. What is not run is refused. */
export async function putLifecycle(services: S3Services, request: S3Request): Promise<S3Answer> {
  const rules = (await receiveDocument(request, 'LifecycleConfiguration')).all('Rule');
  if (rules.length === 0) throw s3Error('MalformedXML');
  const enabled = rules.filter((rule) => rule.text('Status') === 'Enabled');
  for (const rule of rules) refuseUnknown(rule);
  const lifecycle = Object.fromEntries(
    KINDS.map(({ kind, element, days }) => [
      kind,
      enabled.flatMap((rule) => readRule(rule, rule.first(element), days)),
    ]),
  ) as unknown as Lifecycle;
  services.buckets.change(request.bucket, { lifecycle });
  return { status: 200 };
}

/** DeleteBucketLifecycle. */
export function deleteLifecycle(services: S3Services, request: S3Request): S3Answer {
  const lifecycle = { expirations: [], noncurrentExpirations: [], uploadExpirations: [] };
  services.buckets.change(request.bucket, { lifecycle });
  return { status: 204 };
}

function refuseUnknown(rule: XmlElement): void {
  const filter = rule.first('Filter')?.children.find((child) => child.name !== 'Prefix');
  const unknown = filter ?? rule.children.find((child) => !KNOWN.includes(child.name));
  if (unknown) throw s3Error('NotImplemented', `Lifecycle rules with ${unknown.name} are not offered here`);
}

function readRule(rule: XmlElement, action: XmlElement | undefined, daysName: string): ExpirationRule[] {
  if (!action) return [];
  const other = action.children.find((child) => child.name !== daysName);
  if (other) throw s3Error('NotImplemented', `${action.name} with ${other.name} is not offered here`);
  const days = Number(action.text(daysName));
  if (!Number.isInteger(days) || days < 1) throw s3Error('InvalidArgument', `${daysName} must be a positive integer`);
  return [{ prefix: rule.first('Filter')?.text('Prefix') ?? rule.text('Prefix') ?? '', days }];
}
