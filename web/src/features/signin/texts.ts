import { messages } from '@/shared/i18n';

export const signinTexts = messages({
  brand: ['班联', 'Banlian'],
  tagline: ['班主任工作室建设平台', 'Homeroom-teacher studios, connected'],
  title: ['登录', 'Sign in'],
  login: ['账号', 'Account'],
  password: ['密码', 'Password'],
  signIn: ['登录', 'Sign in'],
  help: ['忘记密码请联系本单位管理员重置。', 'Forgotten? Your administrator gives you a new password.'],
  language: ['English', '中文'],
  firstTitle: ['首次登录，请修改密码', 'Change your password first'],
  firstHint: ['至少 12 位，包含大写字母、小写字母、数字、符号中的三类；不能与最近 5 次相同。', 'At least 12 characters of three of: capital letters, small letters, digits, signs; none of your last 5.'],
  present: ['当前密码', 'Present password'],
  newPassword: ['新密码', 'New password'],
  repeat: ['再输一遍新密码', 'New password again'],
  differs: ['两次输入的新密码不一致', 'The two do not agree'],
  change: ['修改并进入', 'Change it and go on'],
});
