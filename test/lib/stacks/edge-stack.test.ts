import { expect, it } from 'vitest';
import { templatesOf, vitrineApp } from '../vitrine-fixture.ts';
import { maskedTemplate } from './masked-template.ts';

const { edge } = templatesOf(vitrineApp());

it('the edge stack is what it was', () => {
  expect(maskedTemplate(edge)).toMatchSnapshot();
});

it('the edge stack tells the owner where media and the API are', () => {
  expect(Object.keys(edge.toJSON().Outputs)).toEqual(['MediaUrl', 'ApiUrl', 'MediaTarget', 'ApiTarget']);
});
