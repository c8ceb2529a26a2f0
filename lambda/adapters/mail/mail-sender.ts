import type { SendMail } from '../../core/accounts/people/service-mail.ts';
import type { Report } from '../../core/kernel/report.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { mailEndpoint } from '../signed-http/service-endpoint.lean.ts';
import { signedFetch } from '../signed-http/signed-fetch.lean.ts';

/** Milliseconds for one attempt. */
const TIMEOUT = 5_000;

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/**
 * Service mails by the Simple Email Service (AWS, "SendEmail" of its version 2), as plain text and without any tracking.
 * @param from address or domain that the account has verified there
 */
export function mailSender(environment: Environment, from: string, report: Report): SendMail {
  const send = signedFetch('ses', environment);
  const url = `${mailEndpoint(environment)}/v2/email/outbound-emails`;
  return async (to, { subject, text }) => {
    const body = JSON.stringify({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
    });
    try {
      const headers = { 'content-type': 'application/json' };
      await send(
        url,
        { method: 'POST', headers, body, timeout: TIMEOUT },
        async (answer) => void (await answer.text()),
      );
      return true;
    } catch (error) {
      report('mail-not-sent', error);
      return false;
    }
  };
}
