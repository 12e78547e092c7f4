// SPDX-License-Identifier: GPL-3.0-or-later
// bench_gene_walk SLIDE MODEL [GENES [PAUSE [wait]]]: opens the window, predicts, and walks so many rows of
// the gene table with the Down key: milliseconds from the key to the frame on the screen that shows the
// gene's map, what went to the graphics card meanwhile, and peak memory. The next key comes PAUSE
// milliseconds after the one before (0: with the frame; a key that is held down comes every 33). Rows of
// genes without a map are passed over and counted. With `wait` it walks when a line has been entered: a
// prediction of many genes takes minutes, and the walk wants a quiet machine. Then the last picture is drawn
// again, and the bare slide: what the toolkit and the driver need whatever is drawn.
#include <fmt/format.h>
#include <sys/resource.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/genes/gene_table.h"
#include "app/desktop/window/main_window.h"
#include "viewer/canvas/graphics/gl_format.h"
#include "viewer/canvas/slide_canvas.h"

using namespace geneglass;

namespace {

/// Ends when `signal` has come and `enough` says so.
template <typename Sender, typename Signal, typename Enough>
void waitFor(Sender* sender, Signal signal, Enough enough) {
  QEventLoop loop;
  QObject::connect(sender, signal, &loop, [&] {
    if (enough()) loop.quit();
  });
  loop.exec();
}

long peakMib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss / 1024;
}

struct Walk {
  std::vector<double> milliseconds;
  std::vector<double> blocked;  ///< how long the key's own event took
  int sameFrame = 0;
  int withoutMap = 0;  ///< rows that were passed over
  int uploadedTiles = 0, uploadedMaps = 0;
  size_t uploadedBytes = 0;  ///< with them
};

bool hasMap(MainWindow& window, const QString& symbol) {
  const std::vector<GenePrediction>& genes = window.session().scene().prediction->genes;
  const auto gene = std::ranges::find(genes, symbol.toStdString(), &GenePrediction::symbol);
  return gene != genes.end() && gene->wellPredicted;
}

void pressDown(QTableView& table) {
  QKeyEvent key(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
  QApplication::sendEvent(&table, &key);
}

void rest(double milliseconds) {
  QEventLoop loop;
  QTimer::singleShot(std::max(0, int(milliseconds)), Qt::PreciseTimer, &loop, &QEventLoop::quit);
  loop.exec();
}

Walk walk(MainWindow& window, QTableView& table, int genes, double pause) {
  Walk result;
  while (result.milliseconds.size() < size_t(genes)) {
    const QModelIndex row = table.model()->index(table.currentIndex().row() + 1, GeneTable::Symbol);
    if (!row.isValid()) break;
    const QString symbol = row.data().toString();
    if (!hasMap(window, symbol)) {
      pressDown(table);
      ++result.withoutMap;
      continue;
    }
    const auto isShown = [&] {
      const auto shown = window.overlays().upperHeatmap();
      return shown && shown->overlay->heatmap()->name.startsWith(symbol + u' ');
    };
    QElapsedTimer timer;
    timer.start();
    pressDown(table);
    result.blocked.push_back(double(timer.nsecsElapsed()) / 1e6);
    result.sameFrame += isShown();
    bool drawn = false;
    while (!drawn) {
      waitFor(&window.canvas(), &SlideCanvas::frameShown, [] { return true; });
      drawn = isShown();
      const FrameReport& frame = window.canvas().lastFrame();
      result.uploadedTiles += frame.uploadedTiles;
      result.uploadedMaps += frame.uploadedHeatmaps;
      result.uploadedBytes += frame.uploadedBytes;
    }
    result.milliseconds.push_back(double(timer.nsecsElapsed()) / 1e6);
    if (pause > 0) rest(pause - result.milliseconds.back());
  }
  return result;
}

/// Of the same picture once more: what the toolkit and the driver need, whatever is drawn.
std::vector<double> framesAsBefore(SlideCanvas& canvas, int frames) {
  std::vector<double> milliseconds;
  for (int frame = 0; frame < frames; ++frame) {
    QElapsedTimer timer;
    timer.start();
    canvas.redraw();
    waitFor(&canvas, &SlideCanvas::frameShown, [] { return true; });
    milliseconds.push_back(double(timer.nsecsElapsed()) / 1e6);
  }
  return milliseconds;
}

double percentile(std::vector<double> values, double percent) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[size_t(percent / 100 * double(values.size() - 1) + 0.5)];
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  useGlFormatEverywhere();
  QStandardPaths::setTestModeEnabled(true);
  QApplication application(count, words);
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.resize(1900, 1100);
  window.show();
  QObject::connect(&session, &SlideSession::predictionRefused, [](const QString& sentence) {
    fmt::print(stderr, "{}\n", sentence.toStdString());
    std::exit(1);
  });
  workplace.useModel(words[2]);
  session.open(words[1]);
  QElapsedTimer timer;
  timer.start();
  waitFor(&session, &SlideSession::predictionFinished, [] { return true; });
  fmt::print("predicted in {:.0f} s, peak {} MiB\n", double(timer.elapsed()) / 1000, peakMib());
  auto* table = window.findChild<GenePanelView*>()->findChild<QTableView*>();
  table->setCurrentIndex(table->model()->index(0, GeneTable::Symbol));
  window.canvas().redraw();  // the first gene may be the one that is shown already
  waitFor(&window.canvas(), &SlideCanvas::frameShown, [] { return true; });
  if (count > 5) (void)std::getchar();
  const Walk result =
      walk(window, *table, count > 3 ? std::atoi(words[3]) : 200, count > 4 ? std::atof(words[4]) : 0);
  fmt::print(
      "{} genes: key to frame {:.1f} ms, 99th percentile {:.1f}, most {:.1f}; the key's event {:.1f} ms, "
      "99th percentile {:.1f}; in the same frame {}; {} rows without a map passed over; peak {} MiB\n",
      result.milliseconds.size(), percentile(result.milliseconds, 50), percentile(result.milliseconds, 99),
      percentile(result.milliseconds, 100), percentile(result.blocked, 50), percentile(result.blocked, 99),
      result.sameFrame, result.withoutMap, peakMib());
  fmt::print("went to the graphics card meanwhile: {} tiles, {} maps, {} bytes\n", result.uploadedTiles,
             result.uploadedMaps, result.uploadedBytes);
  const auto print = [](const char* what, const std::vector<double>& milliseconds) {
    fmt::print("{}: {:.1f} ms, 99th percentile {:.1f}\n", what, percentile(milliseconds, 50),
               percentile(milliseconds, 99));
  };
  constexpr int kFrames = 100;
  print("the last picture drawn again", framesAsBefore(window.canvas(), kFrames));
  window.canvas().setLayers({});
  print("the same without maps, outlines and legend", framesAsBefore(window.canvas(), kFrames));
  return 0;
}
