// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>
#include <string>

namespace geneglass::testing {

/// A variable of the environment, set or taken away (null) for as long as this lives, then as it was before.
class EnvironmentVariable final {
 public:
  EnvironmentVariable(const char* name, const QByteArray& value)
      : m_name(name), m_wasSet(qEnvironmentVariableIsSet(name)), m_before(qgetenv(name)) {
    if (value.isNull())
      qunsetenv(name);
    else
      qputenv(name, value);
  }
  EnvironmentVariable(const char* name, const std::string& value)
      : EnvironmentVariable(name, QByteArray::fromStdString(value)) {}
  ~EnvironmentVariable() {
    if (m_wasSet)
      qputenv(m_name, m_before);
    else
      qunsetenv(m_name);
  }
  EnvironmentVariable(const EnvironmentVariable&) = delete;
  EnvironmentVariable& operator=(const EnvironmentVariable&) = delete;

 private:
  const char* const m_name;
  const bool m_wasSet;
  const QByteArray m_before;
};

}  // namespace geneglass::testing
