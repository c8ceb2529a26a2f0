import { type Check, notAsked } from '../check.ts';

export const status429IsNotKept: Check = {
  number: 12,
  title: '429 is not kept',
  run: async () => notAsked('It would take every concurrent function of the account.'),
};
