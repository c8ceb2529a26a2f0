import { LIMITS } from '../../../contract/limits.ts';

/** A mail about the service itself, as plain text: nothing is loaded from anywhere, and nobody is told that it was read. */
export interface ServiceMail {
  readonly subject: string;
  readonly text: string;
}

/** Sends a mail. @returns false when it could not be sent, which is reported */
export type SendMail = (to: string, mail: ServiceMail) => Promise<boolean>;

/**
 * @param apiUrl base URL of the API's own host
 * @param name of the person, which an administrator wrote
 */
export function invitationMail(apiUrl: string, token: string, name: string): ServiceMail {
  const days = LIMITS.invitationSeconds / 86_400;
  return {
    subject: 'Your invitation to Vitrine',
    text: [
      `Hello ${name},`,
      '',
      'You are invited to a media library. To accept, open this page:',
      '',
      `${apiUrl}/auth/invitation?token=${token}`,
      '',
      `The invitation holds for ${days} days and can be used once. If you do not expect it, do nothing.`,
      '',
    ].join('\n'),
  };
}
