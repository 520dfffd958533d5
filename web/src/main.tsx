import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { router } from '@/app/routes.tsx';
import { WhoAmI } from '@/shared/gql/documents.ts';
import { Problem } from '@/shared/gql/problem.ts';
import { LanguageProvider } from '@/shared/i18n';
import { giveNonceToStyles } from '@/shared/theme/nonce.ts';
import { Theme } from '@/shared/theme/Theme.tsx';
import { Toasts } from '@/shared/ui/Toasts.tsx';

giveNonceToStyles();

/** A session that has ended, or a password that must be changed first, is found out by whatever is asked next. */
function onError(error: unknown, name: unknown): void {
  if (!(error instanceof Problem) || name === WhoAmI.name) return;
  if (error.signedOut || error.mustChangePassword) void client.invalidateQueries({ queryKey: ['gql', WhoAmI.name] });
}

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => onError(error, query.queryKey[1]) }),
  mutationCache: new MutationCache({ onError: (error) => onError(error, null) }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => error instanceof Problem && error.passing && count < 2,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <Theme>
          <QueryClientProvider client={client}>
            <Toasts>
              <RouterProvider router={router} />
            </Toasts>
          </QueryClientProvider>
        </Theme>
      </LanguageProvider>
    </StrictMode>,
  );
}
