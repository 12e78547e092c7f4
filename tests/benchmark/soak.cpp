// SPDX-License-Identifier: GPL-3.0-or-later
// bench_soak FOLDER MODEL MINUTES OUT.csv: opens the window and uses it as a user does, by keys, mouse and
// menus: goes from slide to slide of FOLDER, pans, turns, chooses genes, draws and undoes, takes snapshots,
// writes reports, opens a second slide beside. Every 5 s a line of OUT.csv says what the program holds then.
// soak_plot.py draws it. GENEGLASS_CACHE should name a folder of its own, which each round empties.
#include <fmt/format.h>
#include <malloc.h>
#include <sys/socket.h>
#include <unistd.h>
#include <xcb/xcb.h>

#include <QAbstractItemModel>
#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStandardPaths>
#include <QTableView>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/report/report_request.h"
#include "app/desktop/window/desks/snapshot_desk.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/workplace/memory_budget.h"
#include "viewer/canvas/graphics/gl_format.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/slide/slide_probe.h"

using namespace geneglass;

namespace {

constexpr int kSampleMs = 5000, kActionMs = 40;
constexpr int kActionsASlide = 300;  ///< 12 s
constexpr int kMostWaitMs = 60'000;  ///< for a slide to open

/// What a process holds, by /proc.
struct Held {
  double residentMib = 0, anonymousMib = 0;
  int threads = 0, files = 0;
};

Held heldBy(int process) {
  Held held;
  const std::string place = fmt::format("/proc/{}/", process);
  std::ifstream status(place + "status");
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string name;
    double value = 0;
    words >> name >> value;
    if (name == "VmRSS:") held.residentMib = value / 1024;
    if (name == "RssAnon:") held.anonymousMib = value / 1024;
    if (name == "Threads:") held.threads = static_cast<int>(value);
  }
  std::error_code error;
  for (std::filesystem::directory_iterator each(place + "fd", error), end; !error && each != end;
       each.increment(error))
    ++held.files;
  return held;
}

/// The X server, by a connection of its own: which process it is, and how many windows it has.
class Server final {
 public:
  Server() : m_connection(xcb_connect(nullptr, nullptr)) {
    ucred facts{};
    socklen_t size = sizeof facts;
    if (::getsockopt(xcb_get_file_descriptor(m_connection), SOL_SOCKET, SO_PEERCRED, &facts, &size) == 0)
      m_process = facts.pid;
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() { xcb_disconnect(m_connection); }

  int process() const { return m_process; }
  int windows() const {
    const xcb_screen_t* screen = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data;
    return screen ? windowsUnder(screen->root) : 0;
  }

 private:
  int windowsUnder(xcb_window_t window) const {
    xcb_query_tree_reply_t* reply =
        xcb_query_tree_reply(m_connection, xcb_query_tree(m_connection, window), nullptr);
    if (!reply) return 0;
    int count = 1;
    for (int i = 0; i < xcb_query_tree_children_length(reply); ++i)
      count += windowsUnder(xcb_query_tree_children(reply)[i]);
    std::free(reply);
    return count;
  }

  xcb_connection_t* m_connection;
  int m_process = 0;
};

/// What a user does, an action every 40 ms.
class User final : public QObject {
 public:
  User(MainWindow& window, std::vector<std::filesystem::path> slides, std::filesystem::path out)
      : m_window(window), m_slides(std::move(slides)), m_out(std::move(out)) {
    connect(&m_clock, &QTimer::timeout, this, [this] { act(); });
    connect(window.findChild<FileSaver*>(), &FileSaver::saved, this, [this] { ++saved; });
    connect(window.findChild<FileSaver*>(), &FileSaver::refused, this, [this](const QString& why) {
      ++refused;
      m_window.messages().say(why);
    });
  }

  void begin() {
    openNext();
    m_clock.start(kActionMs);
  }

  int opened = 0, unopened = 0, drawn = 0, saved = 0, refused = 0, rounds = 0;
  size_t slide() const { return m_next; }

 private:
  void openNext() {
    if (m_next == m_slides.size()) {
      m_next = 0;
      ++rounds;
      emptyCache();
    }
    m_action = 0;
    m_sinceOpening.start();
    m_window.openHere(m_slides[m_next++]);
    m_waiting = true;
    SlideSession& session = m_window.session();
    disconnect(m_fine);
    disconnect(m_bad);
    m_fine = connect(&session, &SlideSession::slideOpened, this, [this] {
      ++opened;
      m_waiting = false;
    });
    m_bad = connect(&session, &SlideSession::slideRefused, this, [this] {
      ++unopened;
      m_waiting = false;
      m_action = kActionsASlide - 20;
    });
  }

  /// As another program's `cache --clear` would.
  static void emptyCache() {
    std::error_code ignored;
    if (const char* folder = std::getenv("GENEGLASS_CACHE"))
      for (std::filesystem::directory_iterator each(folder, ignored), end; each != end;
           each.increment(ignored))
        std::filesystem::remove_all(each->path(), ignored);
  }

  void act() {
    if (m_waiting) {
      if (m_sinceOpening.elapsed() > kMostWaitMs) {
        ++unopened;
        openNext();
      }
      return;
    }
    if (++m_action > kActionsASlide) return leave();
    if (m_window.session().opened().slide) actOnSlide();
  }

  void actOnSlide() {
    switch (m_action) {
      case 60:
        return take(QStringLiteral("snapshot.png"));
      case 100:
        return key(Qt::Key_F);
      case 130:
        return (void)(m_next % 5 == 0 ? m_window.openBeside(m_slides[m_next % m_slides.size()]) : void());
      case 150:
        return m_window.snapshots().copy();
      case 170:
        return take(QStringLiteral("snapshot.svg"));
      case 200:
        return report();
      case 270:
        return closeBeside();
      default:
        break;
    }
    if (m_action % 50 == 25) return chooseGene();
    if (m_action % 40 == 10) return draw();
    if (m_action % 60 == 35) return key(Qt::Key_R);
    if (m_action % 30 == 0) return wheel();
    pan();
  }

  /// Every step is taken back, so that no case grows from round to round.
  void leave() {
    closeBeside();
    while (m_window.pane().document().canUndo()) m_window.pane().document().undo();
    openNext();
  }

  void closeBeside() {
    while (m_window.panes().size() > 1) m_window.closePane();
  }

  QPointF somewhere() {
    const SlideCanvas& canvas = m_window.canvas();
    std::uniform_real_distribution<double> part(0.2, 0.8);
    return {canvas.width() * part(m_random), canvas.height() * part(m_random)};
  }

  void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons held) {
    SlideCanvas& canvas = m_window.canvas();
    QMouseEvent event(type, at, canvas.mapToGlobal(at), button, held, Qt::NoModifier);
    QApplication::sendEvent(&canvas, &event);
  }
  void drag(QPointF from, QPointF to, Qt::MouseButton button) {
    mouse(QEvent::MouseButtonPress, from, button, button);
    for (int step = 1; step <= 4; ++step)
      mouse(QEvent::MouseMove, from + (to - from) * step / 4, Qt::NoButton, button);
    mouse(QEvent::MouseButtonRelease, to, button, Qt::NoButton);
  }
  void key(Qt::Key code) {
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
      QKeyEvent event(type, code, Qt::NoModifier);
      QApplication::sendEvent(&m_window.canvas(), &event);
    }
  }

  void pan() {
    const QPointF from = somewhere();
    drag(from, from + QPointF(m_next % 2 ? 90 : -90, m_action % 2 ? 60 : -60), Qt::MiddleButton);
  }
  void wheel() {
    SlideCanvas& canvas = m_window.canvas();
    const QPointF at = somewhere();
    QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, m_action % 60 ? 360 : -240}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&canvas, &event);
  }
  void draw() {
    static constexpr Qt::Key kTools[] = {Qt::Key_U, Qt::Key_B, Qt::Key_L, Qt::Key_U};
    const size_t before = m_window.pane().document().annotations()->all().size();
    trigger(kTools[(m_action / 40) % 4]);
    const QPointF from = somewhere();
    drag(from, from + QPointF(70, 50), Qt::LeftButton);
    trigger(Qt::Key_V);
    drawn += m_window.pane().document().annotations()->all().size() > before;
  }
  /// The window's action of this key.
  void trigger(Qt::Key code) {
    for (QAction* action : m_window.findChildren<QAction*>())
      if (action->shortcut() == QKeySequence(code)) return action->trigger();
  }
  void chooseGene() {
    auto* table = m_window.findChild<GenePanelView*>()->findChild<QTableView*>();
    const int rows = table->model()->rowCount();
    if (rows > 0) table->setCurrentIndex(table->model()->index(int(m_random() % unsigned(rows)), 0));
  }
  void take(const QString& name) {
    if (!m_window.findChild<FileSaver*>()->isSaving())
      m_window.snapshots().save(QString::fromStdString((m_out / name.toStdString()).string()));
  }
  void report() {
    if (m_window.findChild<FileSaver*>()->isSaving()) return;
    ReportRequest request = m_window.reportRequest();
    request.file = m_out / (m_next % 2 ? "report.pdf" : "report.html");
    m_window.saveReport(request);
  }

  MainWindow& m_window;
  const std::vector<std::filesystem::path> m_slides;
  const std::filesystem::path m_out;
  size_t m_next = 0;
  int m_action = 0;
  bool m_waiting = false;
  QMetaObject::Connection m_fine, m_bad;
  QElapsedTimer m_sinceOpening;
  std::mt19937 m_random{1};
  QTimer m_clock;
};

class Samples final {
 public:
  explicit Samples(const char* file) : m_file(file) {
    m_file
        << "seconds,resident_mib,anonymous_mib,heap_in_use_mib,threads,files,windows,server_mib,slide,opened,"
           "unopened,drawn,saved,refused,rounds\n";
    m_since.start();
  }
  void add(const User& user) {
    const Held own = heldBy(::getpid()), server = heldBy(m_server.process());
    const struct mallinfo2 heap = mallinfo2();
    m_file << fmt::format("{:.1f},{:.1f},{:.1f},{:.1f},{},{},{},{:.1f},{},{},{},{},{},{},{}\n",
                          double(m_since.elapsed()) / 1000, own.residentMib, own.anonymousMib,
                          double(heap.uordblks + heap.hblkhd) / 1048576, own.threads, own.files,
                          m_server.windows(), server.residentMib, user.slide(), user.opened, user.unopened,
                          user.drawn, user.saved, user.refused, user.rounds)
           << std::flush;
  }

 private:
  std::ofstream m_file;
  const Server m_server;
  QElapsedTimer m_since;
};

std::vector<std::filesystem::path> slidesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& each : std::filesystem::directory_iterator(folder)) files.push_back(each.path());
  files = slidesAmong(std::move(files));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int count, char** words) {
  if (count < 5) return 2;
  const std::string folder = words[1], model = words[2], out = words[4];
  const double minutes = std::atof(words[3]);
  useGlFormatEverywhere();
  QStandardPaths::setTestModeEnabled(true);
  QApplication application(count, words);
  const auto probe = std::make_shared<SlideProbe>();
  Workplace workplace(usualMemoryBudget(),
                      [probe](const std::filesystem::path& file, std::optional<double> mpp) {
                        return openProbed(*probe, file, mpp);
                      });
  MainWindow window(workplace);
  window.resize(1600, 1000);
  window.show();
  workplace.useModel(model);
  User user(window, slidesIn(folder), std::filesystem::absolute(out).parent_path());
  Samples samples(out.c_str());
  QTimer clock;
  QObject::connect(&clock, &QTimer::timeout, &window, [&] { samples.add(user); });
  clock.start(kSampleMs);
  QTimer::singleShot(int(minutes * 60'000), &application, &QApplication::quit);
  user.begin();
  return QApplication::exec();
}
