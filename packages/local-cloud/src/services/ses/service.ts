import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { Mailbox } from './mailbox.ts';
import { simpleEmail } from './simple-email.ts';

export const MAILBOX = offerOf<Mailbox>('mailbox');

/** No template has a resource of it: whoever is given its endpoint may send. */
export const ses: Service = {
  name: 'ses',
  resourceTypes: [],
  sdkEndpoints: ['SESV2'],
  start: async (cloud) => {
    const mailbox = await cloud.using('mailbox.json', (file) => Mailbox.open(file));
    cloud.offer(MAILBOX, mailbox);
    cloud.apis.add(simpleEmail(mailbox, () => new Date()));
  },
};
