import { askApi } from '../api-answer.ts';
import { type Check, judge } from '../check.ts';

/** Above what API Gateway takes, below what CloudFront takes. */
const BYTES = 11_000;

export const status431OfApiGateway: Check = {
  number: 13,
  title: '431 of API Gateway',
  run: async ({ deployment }) => {
    const status = (await askApi(deployment, { 'x-vitrine-doctor': 'a'.repeat(BYTES) }))?.status;
    return judge(
      status === 431,
      `status ${status ?? 'none'} for a header of ${BYTES} bytes`,
      'API Gateway refuses long headers as the local cloud does.',
      'API Gateway answers long headers in another way; the page on the API’s host is wrong there.',
    );
  },
};
