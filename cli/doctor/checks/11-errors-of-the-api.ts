import { askApi } from '../api-answer.ts';
import { type Check, judge } from '../check.ts';

export const errorsOfTheApi: Check = {
  number: 11,
  title: 'Errors of the API are not kept',
  run: async ({ deployment }) => {
    const answers = [await askApi(deployment), await askApi(deployment)];
    const statuses = answers.map((answer) => answer?.status ?? 'none');
    const ids = answers.map((answer) => answer?.headers.get('x-request-id') ?? undefined);
    return judge(
      statuses.every((status) => status === 404) && ids[0] !== undefined && ids[0] !== ids[1],
      `status ${statuses.join(' and ')}, ${ids[0] === ids[1] ? 'the same answer' : 'an answer each'}`,
      'Each caller has an error of its own.',
      'An error of the API is kept by the CDN, or is another one than expected.',
    );
  },
};
