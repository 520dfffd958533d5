import { MenuOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { JobsTray } from '@/features/imports/JobsTray.tsx';
import { useLive } from '@/shared/gql/live.ts';
import { useText } from '@/shared/i18n';
import { mayImport } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { usePhone } from '@/shared/ui/media.ts';
import { TrailSlot } from '@/shared/ui/Page.tsx';
import { HatSwitcher, LanguageButton, MeMenu, PeriodPicker } from './controls.tsx';
import { bottomBarOf, homeOf, navigationOf, type NavItem } from './nav.ts';
import { SearchBox } from './Search.tsx';
import { appTexts } from './texts.ts';
import './frame.css';

function NavEntry({ item, className }: { item: NavItem; className?: string }) {
  const t = useText(appTexts);
  const keep = useKept();
  return (
    <NavLink to={keep(item.to)} {...(className ? { className } : {})}>
      {t(item.text)}
    </NavLink>
  );
}

/** A new page is read from its beginning: the keyboard goes there too. A figure beside its grid is no new page. */
function useFocusOnPage(): void {
  const { pathname } = useLocation();
  const page = pathname.startsWith('/overview') ? '/overview' : pathname;
  const before = useRef(page);
  useEffect(() => {
    if (before.current !== page) document.getElementById('content')?.focus({ preventScroll: true });
    before.current = page;
  }, [page]);
}

/** Everything around a page: where I am, the period, my hat, search, language, me. */
export function Frame() {
  const t = useText(appTexts);
  const phone = usePhone();
  const { hat } = useSession();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [searching, setSearching] = useState(false);
  useLive();
  useFocusOnPage();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setSearching(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const trail = (
    <nav className="trail" aria-label={t('here')}>
      <ol ref={setSlot} />
    </nav>
  );
  const search = (
    <button type="button" className="search-open" {...(phone ? { 'aria-label': t('searchLong') } : {})} onClick={() => setSearching(true)}>
      <SearchOutlined aria-hidden="true" />
      {phone ? null : (
        <>
          <span>{t('searchLong')}</span>
          <kbd>Ctrl K</kbd>
        </>
      )}
    </button>
  );

  return (
    <TrailSlot.Provider value={slot}>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header className="frame-head no-print">
        <div className="top">
        <Go to={homeOf(hat)} className="brand">
          {t('brand')}
        </Go>
        {phone ? null : trail}
        <span className="grow" />
        {phone ? null : <PeriodPicker />}
        {search}
        {mayImport(hat?.role ?? null) ? <JobsTray /> : null}
        {phone ? null : <LanguageButton />}
        <HatSwitcher />
        <MeMenu />
        </div>
        {phone ? (
          <div className="under-top">
            {trail}
            <PeriodPicker />
          </div>
        ) : null}
      </header>
      <div className="body">
        {phone ? null : (
          <nav className="side no-print" aria-label={t('navigation')}>
            {navigationOf(hat).map((item) => (
              <NavEntry key={item.to} item={item} />
            ))}
          </nav>
        )}
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      {phone ? <BottomBar /> : null}
      <SearchBox open={searching} onClose={() => setSearching(false)} />
      <ScrollRestoration />
    </TrailSlot.Provider>
  );
}

function BottomBar() {
  const t = useText(appTexts);
  const { hat } = useSession();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const [was, setWas] = useState(pathname);
  if (was !== pathname) {
    setWas(pathname);
    setOpen(false);
  }
  const { items, plus, rest } = bottomBarOf(hat);
  const half = plus ? 2 : items.length;
  return (
    <nav className="bottom no-print" aria-label={t('navigation')}>
      {items.slice(0, half).map((item) => (
        <NavEntry key={item.to} item={item} />
      ))}
      {plus ? (
        <Go to={plus.to} className="plus" aria-label={t(plus.text)}>
          <PlusOutlined aria-hidden="true" />
        </Go>
      ) : null}
      {items.slice(half).map((item) => (
        <NavEntry key={item.to} item={item} />
      ))}
      {rest.length > 0 ? (
        <>
          <button type="button" aria-expanded={open} onClick={() => setOpen(true)}>
            <MenuOutlined aria-hidden="true" /> {t('more')}
          </button>
          <Drawer title={t('more')} placement="bottom" size={64 + rest.length * 49} open={open} onClose={() => setOpen(false)}>
            <div className="more">
              {rest.map((item) => (
                <NavEntry key={item.to} item={item} />
              ))}
            </div>
          </Drawer>
        </>
      ) : null}
    </nav>
  );
}
