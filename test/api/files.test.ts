import { expect, test } from 'vitest';
import { parsedBody } from './parsed-body.ts';

test.each(['0,0,1,1', '10,20,300,400', null])('the important area may be %s', async (customCoordinates) => {
  expect(await parsedBody('files.update', { customCoordinates })).toEqual({ customCoordinates });
});

test.each(['0,0,0,1', '0,0,1,0', '1,2,3', '-1,0,1,1', 'a', ''])('the important area may not be "%s"', async (area) => {
  await expect(parsedBody('files.update', { customCoordinates: area })).rejects.toMatchObject({
    code: 'input.invalid',
    message: 'customCoordinates must be x,y,width,height in whole pixels, width and height at least 1, or null.',
  });
});
