import type { AwsApi } from '../../aws-api/aws-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { Mailbox } from './mailbox.ts';

const PATH = '/v2/email/outbound-emails';

interface Part {
  readonly Data?: unknown;
}

interface SendEmail {
  readonly FromEmailAddress?: unknown;
  readonly Destination?: { readonly ToAddresses?: unknown };
  readonly Content?: { readonly Simple?: { readonly Subject?: Part; readonly Body?: { readonly Text?: Part } } };
}

/** SendEmail of the Simple Email Service, version 2, for plain text: the mail is put into the mailbox of this machine. */
export function simpleEmail(mailbox: Mailbox, now: () => Date): AwsApi {
  return {
    signingName: 'ses',
    errors: 'json',
    takes: ({ path }) => path.startsWith('/v2/email/'),
    answer: async ({ method, path, body }) => {
      if (method !== 'POST' || path !== PATH)
        throw new ServiceError('UnknownOperationException', `${path} is not known.`);
      const { id } = await mailbox.put(readMail(body), now());
      return { status: 200, contentType: 'application/json', body: JSON.stringify({ MessageId: id }) };
    },
  };
}

function readMail(body: Buffer) {
  const { FromEmailAddress: from, Destination, Content } = parse(body);
  const to = Destination?.ToAddresses;
  const subject = Content?.Simple?.Subject?.Data;
  const text = Content?.Simple?.Body?.Text?.Data;
  const isWhole = [from, subject, text].every((one) => typeof one === 'string' && one !== '') && Array.isArray(to);
  if (isWhole && to.length > 0) {
    return { from: String(from), to: to.map(String), subject: String(subject), text: String(text) };
  }
  throw new ServiceError(
    'BadRequestException',
    'FromEmailAddress, Destination.ToAddresses, Content.Simple.Subject.Data and Content.Simple.Body.Text.Data are required.',
  );
}

function parse(body: Buffer): SendEmail {
  try {
    return (JSON.parse(body.toString()) ?? {}) as SendEmail;
  } catch {
    throw new ServiceError('SerializationException', 'The request is no JSON object.');
  }
}
