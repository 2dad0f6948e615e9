import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { locale } from '../src/lib/i18n.svelte';

locale.use('en');
afterEach(() => cleanup());
