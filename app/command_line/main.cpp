// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <new>
#include <string_view>
#include <thread>

#include "app/command_line/command.h"
#include "app/command_line/learning_commands.h"
#include "app/last_words.h"
#include "app/parse_words.h"
#include "app/progress_line.h"
#include "app/streams.h"
#include "generated/version.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/program_module.h"

namespace geneglass {
namespace {

/// What a stopped command has to leave its work in order.
constexpr timespec kPatience{5, 0};

/// Turns Ctrl-C, and being asked to end, into a stop request; a second one ends the program at once, and so
/// it does itself where a command has not heard the first. Must run before any other thread starts.
class Interrupt final {
 public:
  Interrupt() {
    sigemptyset(&m_signals);
    sigaddset(&m_signals, SIGINT);
    sigaddset(&m_signals, SIGTERM);
    struct sigaction hangUp {};
    ::sigaction(SIGHUP, nullptr, &hangUp);
    if (hangUp.sa_handler != SIG_IGN) sigaddset(&m_signals, SIGHUP);  // nohup: it outlives its terminal
    sigaddset(&m_signals, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    m_thread = std::jthread([this] { listen(); });
  }
  ~Interrupt() { pthread_kill(m_thread.native_handle(), SIGUSR2); }
  std::stop_token token() const { return m_stop.get_token(); }

 private:
  void listen() {
    int number = 0;
    if (sigwait(&m_signals, &number) != 0 || number == SIGUSR2) return;
    m_stop.request_stop();
    number = sigtimedwait(&m_signals, nullptr, &kPatience);
    if (number == SIGUSR2) return;
    if (number > 0) std::_Exit(128 + number);
    endProgressLine();
    say("The command was stopped in the midst of its work; what was finished is kept.\n");
    std::_Exit(1);
  }

  sigset_t m_signals{};
  std::stop_source m_stop;
  std::jthread m_thread;
};

/// Threads of LibTorch that wait for each other spin unless OMP_WAIT_POLICY says otherwise before the program
/// starts: beside other programs they take 30 times as long. Pretraining, which shares its work out itself,
/// loses nothing by it (heads, trained alone on the machine, take twice as long): so it starts itself once
/// more, with the variable, unless the caller has set it.
void waitQuietly(int count, char** words) {
  constexpr const char* kVariable = "OMP_WAIT_POLICY";
  if (count < 2 || std::string_view(words[1]) != "pretrain" || std::getenv(kVariable)) return;
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error || ::setenv(kVariable, "PASSIVE", 1) != 0) return;
  ::execv(self.c_str(), words);  // comes back only where it failed: then it goes on as it is
}

Outcome guarded(const Run& run, std::stop_token stop) {
  try {
    return run(stop);
  } catch (const std::bad_alloc&) {
    return fail("The command could not go on: the memory does not suffice.");
  } catch (const std::exception& error) {
    return fail(fmt::format("The command could not go on: {}.", reasonOf(error)));
  }
}

struct Command {
  std::string_view name;
  void (*add)(CLI::App&, Run&) = nullptr;
  void (*LearningCommands::*learn)(CLI::App&, Run&) = nullptr;
};

constexpr Command kCommands[] = {{"info", addInfoCommand},
                                 {"synth", addSynthCommand},
                                 {"extract", addExtractCommand},
                                 {"predict", addPredictCommand},
                                 {"collect", addCollectCommand},
                                 {"pretrain", nullptr, &LearningCommands::pretrain},
                                 {"train", nullptr, &LearningCommands::train},
                                 {"import-encoder", addImportEncoderCommand},
                                 {"calibrate", addCalibrateCommand},
                                 {"domain", addDomainCommand},
                                 {"models", addModelsCommand},
                                 {"evaluate", nullptr, &LearningCommands::evaluate},
                                 {"spots", addSpotsCommand},
                                 {"spot-cohort", addSpotCohortCommand},
                                 {"compare", addCompareCommand},
                                 {"convert", addConvertCommand},
                                 {"subtype", addSubtypeCommand},
                                 {"bench", addBenchCommand},
                                 {"cache", addCacheCommand},
                                 {"doctor", addDoctorCommand}};

/// All of them, or where `first` names one that does not learn, those alone.
Result<void> addCommands(CLI::App& program, Run& run, std::string_view first) {
  const bool isLight = first == "--version" || std::ranges::any_of(kCommands, [&](const Command& command) {
                         return command.add && command.name == first;
                       });
  const LearningCommands* learning = nullptr;
  if (!isLight) {
    const Result<void*> find = functionOfModule(kLearningModule, kFindLearningCommands);
    if (!find)
      return fail(fmt::format("What trains and judges models cannot be loaded: {}.", find.error().sentence));
    learning = reinterpret_cast<FindLearningCommands>(*find)();
  }
  for (const Command& command : kCommands)
    if (command.add)
      command.add(program, run);
    else if (learning)
      (learning->*command.learn)(program, run);
  return {};
}

int callProgram(int count, char** words) {
  CLI::App program("Geneglass: gene expression from whole-slide images. For research use only.",
                   "geneglass-cli");
  program.set_version_flag("--version", GENEGLASS_VERSION);
  program.require_subcommand(1);
  Run run;
  if (const Result<void> declared = addCommands(program, run, count > 1 ? words[1] : ""); !declared) {
    say(declared.error().sentence + '\n');
    return 1;
  }
  if (const std::optional<int> status = parseWords(program, count, words)) return *status;
  const Interrupt interrupt;
  const Outcome outcome = guarded(run, interrupt.token());
  endProgressLine();
  const Outcome written = finishOutput();
  if (outcome && written) return 0;
  if (!outcome && !std::ferror(stdout)) say(outcome.error().sentence + '\n');
  if (!written) say(written.error().sentence + '\n');
  return 1;
}

}  // namespace
}  // namespace geneglass

int main(int count, char** words) {
  geneglass::waitQuietly(count, words);
  geneglass::holdStreams();
  geneglass::sayLastWords();
  geneglass::leaveAtOnce(geneglass::callProgram(count, words));
}
