import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { api } from '../src/lib/api';
import Composer from '../src/parts/Composer.svelte';
import FoundCard from '../src/parts/FoundCard.svelte';
import Slip from '../src/parts/Slip.svelte';
import { bundle, quote } from './events';

afterEach(() => vi.restoreAllMocks());

function slip(balance = 5000, changes = undefined as { goal: string; what: string; before: string; after: string }[] | undefined) {
  return { pause: 'c1', turn: 't1', hash: 'abcdef0123456789', bundle: bundle(quote('g1', 900), quote('g2', 100)), balance, changes };
}

test('confirming sends exactly the slip that is shown, with the chosen policy', async () => {
  const answer = vi.spyOn(api, 'answer').mockResolvedValue({ state: 'answered' });
  render(Slip, { shown: slip(), state: 'open' });
  await fireEvent.click(screen.getByRole('radio', { name: /Keep what works/ }));
  await fireEvent.click(screen.getByRole('button', { name: /Confirm & pay ¥10.00/ }));
  expect(answer).toHaveBeenCalledExactlyOnceWith('c1', { approve: true, hash: 'abcdef0123456789', policy: 'some' });
});

test('not now never approves', async () => {
  const answer = vi.spyOn(api, 'answer').mockResolvedValue({ state: 'answered' });
  render(Slip, { shown: slip(), state: 'open' });
  await fireEvent.click(screen.getByRole('button', { name: 'Not now' }));
  expect(answer.mock.calls[0]![1].approve).toBe(false);
});

test('without the money, after the time, or once closed, it cannot be confirmed', () => {
  const { unmount } = render(Slip, { shown: slip(999), state: 'open' });
  expect(screen.getByRole('button', { name: /Confirm & pay/ })).toHaveProperty('disabled', true);
  expect(screen.getByText(/Short by ¥0.01/)).toBeTruthy();
  unmount();
  const late = slip();
  late.bundle.expires = '2020-01-01T00:00:00Z';
  const second = render(Slip, { shown: late, state: 'open' });
  expect(screen.getByRole('button', { name: /Confirm & pay/ })).toHaveProperty('disabled', true);
  second.unmount();
  render(Slip, { shown: slip(), state: 'superseded' });
  expect(screen.queryByRole('button', { name: /Confirm/ })).toBeNull();
});

test('what changed is shown before and after', () => {
  render(Slip, { shown: slip(5000, [{ goal: 'g1', what: 'amount', before: '¥8.00', after: '¥9.00' }]), state: 'open' });
  expect(screen.getByText('¥9.00', { selector: 'strong' })).toBeTruthy();
  expect(screen.getByText(/¥8.00/, { selector: 's' })).toBeTruthy();
});

test('a merchant\'s text stays text', () => {
  const evil = '<img src=x onerror=alert(1)><b>bold</b>';
  const { container } = render(FoundCard, { card: { turn: 't', goal: 'g', kind: 'candidates', title: evil, items: [{ title: evil, detail: evil, why: evil }] } });
  expect(container.querySelector('img, b')).toBeNull();
  expect(container.textContent).toContain('<b>bold</b>');
});

test('Enter sends, but not while an input method composes or with Shift', async () => {
  const say = vi.fn();
  render(Composer, { say });
  const box = screen.getByRole('textbox');
  await fireEvent.input(box, { target: { value: ' hello ' } });
  await fireEvent.keyDown(box, { key: 'Enter', isComposing: true });
  await fireEvent.keyDown(box, { key: 'Enter', shiftKey: true });
  expect(say).not.toHaveBeenCalled();
  await fireEvent.keyDown(box, { key: 'Enter' });
  expect(say).toHaveBeenCalledExactlyOnceWith('hello');
});
