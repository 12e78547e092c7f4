// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QApplication>
#include <QTimer>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/desktop/case/case_slide.h"
#include "app/desktop/preferences/language.h"
#include "app/desktop/preferences/preferences.h"
#include "app/desktop/window/call.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/spoken_widgets.h"
#include "app/desktop/window/parts/theme.h"
#include "app/desktop/window/unattended.h"
#include "app/desktop/workplace/exit_watch.h"
#include "app/desktop/workplace/memory_budget.h"
#include "app/last_words.h"
#include "app/streams.h"
#include "generated/version.h"
#include "viewer/canvas/graphics/gl_format.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/slide/slide_probe.h"

namespace geneglass {
namespace {

int refuse(const std::string& sentence) {
  say(sentence + '\n');
  return 1;
}

/// Qt ends the program with a crash where no display can be had: this makes it a sentence and status 1. Its
/// remark on a missing XDG_RUNTIME_DIR is no matter for the user.
void endOnFatal(QtMsgType type, const QMessageLogContext&, const QString& text) {
  if (type == QtFatalMsg) {
    say(fmt::format("Geneglass cannot open a window: {}\n", text.simplified().toStdString()));
    std::_Exit(1);
  }
  if (type != QtDebugMsg && !text.startsWith(QStringLiteral("QStandardPaths:")))
    say(text.toStdString() + '\n');
}

/// Static destructors must not run under a thread that still opens a file.
int leave(int status, int openings) {
  if (openings > 0) std::_Exit(status);
  return status;
}

/// The model that the call names is read behind the window; where it is refused, the program ends as a
/// command does.
void endWithoutModel(Workplace& workplace) {
  auto* answer = new QObject(&workplace);  // the first one ends it
  QObject::connect(&workplace, &Workplace::modelTaken, answer, &QObject::deleteLater);
  QObject::connect(&workplace, &Workplace::modelRefused, answer,
                   [](const QString& sentence) { QApplication::exit(refuse(sentence.toStdString())); });
}

constexpr std::chrono::seconds kPatienceAtTheEnd{5};

int showWindow(const Call& call, const Preferences& preferences) {
  for (const std::filesystem::path& slide : call.slides)
    if (auto fine = checkSlideFile(slide); !fine) return refuse(fine.error().sentence);
  int status = 0;
  std::shared_ptr<const std::atomic<int>> openings;
  std::optional<ExitWatch> watch;
  {
    const auto probe = std::make_shared<SlideProbe>();
    Workplace workplace(usualMemoryBudget(),
                        [probe](const std::filesystem::path& file, std::optional<double> mpp) {
                          return openProbed(*probe, file, mpp);
                        });
    apply(preferences, workplace);
    if (call.memory) workplace.setMemoryBudget(*call.memory);
    openings = workplace.openings();
    MainWindow window(workplace, call.overlays);
    if (call.model) endWithoutModel(workplace);
    workplace.useModel(call.model);
    if (call.caseFile) window.pane().useCase(*call.caseFile);
    for (const std::filesystem::path& slide : call.slides) window.openBeside(slide, call.mpp);
    if (!call.gene.empty())
      for (SlidePane* pane : window.panes()) pane->session().chooseGene(call.gene);
    if (call.spots) window.pane().spots().read(*call.spots);
    window.show();
    status = QApplication::exec();
    watch.emplace(status, kPatienceAtTheEnd);
  }
  return leave(status, *openings);
}

/// A case among the slides, as a file manager names it, stands for its slide.
Result<void> findSlideOfCase(Call& call) {
  if (call.slides.size() != 1 || call.caseFile || !isCaseFile(call.slides.front())) return {};
  call.caseFile = call.slides.front();
  const Result<std::filesystem::path> slide = slideOfCase(*call.caseFile);
  if (!slide) return tl::unexpected(slide.error());
  call.slides.front() = *slide;
  return {};
}

int runProgram(int count, char** words) {
  auto parsed = parseCall(count, words);
  if (const int* status = std::get_if<int>(&parsed)) return *status;
  Call& call = std::get<Call>(parsed);
  if (const Result<void> found = findSlideOfCase(call); !found) return refuse(found.error().sentence);
  qInstallMessageHandler(endOnFatal);
  useGlFormatEverywhere();
  QApplication::setOrganizationName(QStringLiteral("Geneglass"));
  QApplication::setApplicationName(QStringLiteral("Geneglass"));
  QApplication::setApplicationVersion(QStringLiteral(GENEGLASS_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("geneglass"));
  int own = 1;
  QApplication application(own, words);
  const Preferences preferences = keptPreferences();
  const SpokenLanguage spoken(preferences.language);
  applyTheme(application, preferences.theme);
  speakValues();
  if (!call.needsNoWindow()) return showWindow(call, preferences);
  const auto outcome = runUnattended(call);
  if (!outcome) return refuse(outcome.error().sentence);
  const auto written = finishOutput();
  return written ? 0 : refuse(written.error().sentence);
}

}  // namespace
}  // namespace geneglass

int main(int count, char** words) {
  geneglass::holdStreams();
  geneglass::sayLastWords();
  try {
    geneglass::leaveAtOnce(geneglass::runProgram(count, words));
  } catch (const std::exception& error) {
    geneglass::leaveAtOnce(
        geneglass::refuse(std::string("Geneglass could not go on: ") + geneglass::reasonOf(error) + "."));
  }
}
