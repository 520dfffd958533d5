import { App, ConfigProvider, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, type ReactNode } from 'react';
import { useLanguage } from '@/shared/i18n';
import { nonce } from './nonce.ts';
import './tokens.css';

const look: ThemeConfig = {
  token: {
    colorPrimary: '#0f6b63',
    colorInfo: '#0f6b63',
    colorLink: '#0f6b63',
    colorError: '#a3330f',
    colorText: '#1d2a2c',
    colorTextSecondary: '#43565a',
    colorTextDescription: '#586a6d',
    colorTextPlaceholder: '#667578',
    colorBorder: '#c9d3d3',
    colorBgLayout: '#f4f6f6',
    borderRadius: 6,
    fontSize: 14,
    lineHeight: 1.6,
    fontFamily: "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: { Form: { itemMarginBottom: 16, labelColor: '#1d2a2c' } },
};

const csp = nonce ? { nonce } : undefined;

/** antd in our colours, in the present language, under the content security policy. */
export function Theme({ children }: { children: ReactNode }) {
  const [language] = useLanguage();
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  }, [language]);
  return (
    <ConfigProvider theme={look} locale={language === 'zh' ? zhCN : enUS} {...(csp ? { csp } : {})} button={{ autoInsertSpace: false }}>
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}
