// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QApplication>
#include <QTimer>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "app/desktop/window/call.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/theme.h"
#include "app/desktop/window/unattended.h"
#include "generated/version.h"
#include "viewer/canvas/gl_format.h"

namespace geneglass {
namespace {

int refuse(const std::string& sentence) {
  fmt::print(stderr, "{}\n", sentence);
  return 1;
}

/// Qt ends the program with a crash where no display can be had: this makes it a sentence and status 1. Its
/// remark on a missing XDG_RUNTIME_DIR is no matter for the user.
void endOnFatal(QtMsgType type, const QMessageLogContext&, const QString& text) {
  if (type == QtFatalMsg) {
    fmt::print(stderr, "Geneglass cannot open a window: {}\n", text.simplified().toStdString());
    std::_Exit(1);
  }
  if (type != QtDebugMsg && !text.startsWith(QStringLiteral("QStandardPaths:")))
    fmt::print(stderr, "{}\n", text.toStdString());
}

/// Static destructors must not run under a thread that still opens a file.
int leave(int status, int openings) {
  if (openings > 0) std::_Exit(status);
  return status;
}

/// The model that the call names is read behind the window; where it is refused, the program ends as a
/// command does.
void endWithoutModel(Session& session) {
  auto* answer = new QObject(&session);  // the first one ends it
  QObject::connect(&session, &Session::modelTaken, answer, &QObject::deleteLater);
  QObject::connect(&session, &Session::modelRefused, answer,
                   [](const QString& sentence) { QApplication::exit(refuse(sentence.toStdString())); });
}

int showWindow(const Call& call) {
  if (call.slide)
    if (auto fine = checkSlideFile(*call.slide); !fine) return refuse(fine.error().sentence);
  int status = 0;
  std::shared_ptr<const std::atomic<int>> openings;
  {
    Session session;
    openings = session.opener().running();
    MainWindow window(session);
    if (call.model) endWithoutModel(session);
    session.useModel(call.model);
    if (!call.gene.empty()) session.chooseGene(call.gene);
    if (call.slide) session.open(*call.slide, call.mpp);
    window.show();
    status = QApplication::exec();
  }
  return leave(status, *openings);
}

int runProgram(int count, char** words) {
  const auto parsed = parseCall(count, words);
  if (const int* status = std::get_if<int>(&parsed)) return *status;
  const Call& call = std::get<Call>(parsed);
  qInstallMessageHandler(endOnFatal);
  useGlFormatEverywhere();
  QApplication::setOrganizationName(QStringLiteral("Geneglass"));
  QApplication::setApplicationName(QStringLiteral("Geneglass"));
  QApplication::setApplicationVersion(QStringLiteral(GENEGLASS_VERSION));
  int own = 1;
  QApplication application(own, words);
  applyTheme(application);
  if (!call.needsNoWindow()) return showWindow(call);
  const auto outcome = runUnattended(call);
  return outcome ? 0 : refuse(outcome.error().sentence);
}

}  // namespace
}  // namespace geneglass

int main(int count, char** words) {
  try {
    return geneglass::runProgram(count, words);
  } catch (const std::exception& error) {
    return geneglass::refuse(std::string("Geneglass could not go on: ") + error.what() + ".");
  }
}
