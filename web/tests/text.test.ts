import { expect, test } from 'vitest';
import { placeOf } from '../src/route';
import { cut, unitsOf, webLink } from '../src/text';

test('offsets are code points, not units', () => {
  expect([...unitsOf('a😀b')]).toEqual([0, 1, 3, 4]);
  const pieces = cut('😀 Oslo fell', [{ start: 2, end: 6, kind: 'actor', id: 'e' }]);
  expect(pieces.map((piece) => piece.text)).toEqual(['😀 ', 'Oslo', ' fell']);
  expect(pieces[1]?.marks[0]?.kind).toBe('actor');
});

test('marks may overlap, and none lies outside', () => {
  const text = 'one two three';
  const pieces = cut(text, [
    { start: 0, end: 7, kind: 'quote', id: 's' },
    { start: 4, end: 13, kind: 'hostile', id: 'e' },
    { start: 9, end: 99, kind: 'actor', id: 'x' },
    { start: 5, end: 5, kind: 'actor', id: 'y' },
  ]);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.map((piece) => piece.marks.length)).toEqual([1, 2, 1]);
  expect(cut('', [])).toEqual([]);
});

test('only the web is linked to', () => {
  expect(webLink('https://example.org/a')).toBe('https://example.org/a');
  expect(webLink('javascript:alert(1)')).toBeUndefined();
  expect(webLink(' https://example.org')).toBeUndefined();
  expect(webLink(null)).toBeUndefined();
});

test('addresses are read and never break', () => {
  expect(placeOf({ pathname: '/read/a%2Fb', search: '?event=1' }).path).toEqual(['read', 'a/b']);
  expect(placeOf({ pathname: '/read/%zz', search: '' }).path).toEqual(['read', '%zz']);
});
