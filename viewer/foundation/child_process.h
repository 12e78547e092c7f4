// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// An open file's number: closed at the end, and by no program that is started meanwhile inherited.
class OwnFile final {
 public:
  OwnFile() = default;
  explicit OwnFile(int number) : m_number(number) {}
  OwnFile(OwnFile&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
  OwnFile& operator=(OwnFile&& other) noexcept;
  ~OwnFile();

  int number() const { return m_number; }
  explicit operator bool() const { return m_number >= 0; }

 private:
  int m_number = -1;
};

/// Two ends that are connected: what is written into one is read from the other.
std::pair<OwnFile, OwnFile> connectedPair();

/// A program of our own that does for this one what may end badly. Ended and collected at the latest here.
class ChildProcess final {
 public:
  /// `passed` are its open files 3, 4, ...; it has no others, and its input and outputs are /dev/null. Its
  /// own process group, so that Ctrl-C is this program's to answer. `variables` ("NAME=value") are added to
  /// its environment. Errors, to follow "...: ": cannot be started.
  static Result<ChildProcess> start(const std::filesystem::path& program,
                                    const std::vector<std::string>& words, std::span<const int> passed,
                                    const std::vector<std::string>& variables = {});

  ChildProcess(ChildProcess&& other) noexcept : m_process(std::exchange(other.m_process, 0)) {}
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  /// How it ended, in words that follow "it ": "crashed (Segmentation fault)". It is ended now if it has not
  /// by itself within `patience`: what closed its files may take a moment to end.
  std::string end(std::chrono::milliseconds patience = {});

 private:
  explicit ChildProcess(pid_t process) : m_process(process) {}
  pid_t m_process = 0;
};

/// What a process did that a signal ended: "crashed (Segmentation fault)"; of a processor's limit "did not
/// come to an end".
std::string endBySignal(int signal);

/// In such a program: after so many seconds of the processor it is ended by SIGPROF. 0: never.
void limitProcessor(double seconds);
/// In such a program: no crash of it leaves a core.
void leaveNoCore();

}  // namespace geneglass
