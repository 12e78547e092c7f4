// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

namespace geneglass::testing {

using Words = std::vector<std::string>;

/// Variables of the environment that differ from the test's own; an empty one is taken away.
using Variables = std::map<std::string, std::string>;

/// How a call ended.
struct Ended {
  int status = -1;  ///< exit status; -1: it did not start, or not end in two minutes; -2: a signal ended it
  std::string output;  ///< on standard output
  std::string said;    ///< on standard error, without the last line's end
};

/// The program under test while it runs. One thread. The destructor kills it.
class CalledProgram final {
 public:
  explicit CalledProgram(const std::string& program, const Words& words, const Variables& variables = {});
  ~CalledProgram();

  /// Waits until it has said so on standard error; false where it ended without.
  bool hasSaid(const std::string& text);
  void interrupt();  ///< Ctrl-C
  void hold();       ///< stands still until goOn()
  void goOn();
  int64_t process() const;  ///< its number
  Ended ended();            ///< waits for its end

 private:
  QProcess m_process;
  std::string m_said;
};

inline Ended callProgram(const std::string& program, const Words& words, const Variables& variables = {}) {
  return CalledProgram(program, words, variables).ended();
}

#ifdef GENEGLASS_PROGRAM
/// Calls the program that the test was given (geneglass_test(... PROGRAM target)).
inline Ended call(const Words& words, const Variables& variables = {}) {
  return callProgram(GENEGLASS_PROGRAM, words, variables);
}
#endif

/// `first` followed by `more`.
inline Words operator+(Words first, const Words& more) {
  first.insert(first.end(), more.begin(), more.end());
  return first;
}

/// The words of a call, between blanks.
Words wordsOf(const std::string& text);

}  // namespace geneglass::testing
