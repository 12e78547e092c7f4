// SPDX-License-Identifier: GPL-3.0-or-later
// usage: case_session FILE.geneglass SEED STEPS_KEPT
// Draws, changes, deletes, undoes and does again at random, opens the case anew now and then, and prints each
// state as "NUMBER MILLISECONDS HEAD DIGEST" once it is there; until it is killed.
#include <QCoreApplication>
#include <QTimer>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "app/desktop/case/case_keeper.h"
#include "tests/app/desktop/case/case_digest.h"

namespace geneglass::testing {
namespace {

class Session final {
 public:
  Session(std::filesystem::path file, unsigned seed, size_t stepsKept)
      : m_file(std::move(file)), m_stepsKept(stepsKept), m_random(seed) {
    QObject::connect(&m_clock, &QTimer::timeout, [this] { act(); });
    reopen();
  }

 private:
  int upTo(int last) { return std::uniform_int_distribution<int>(0, last)(m_random); }

  /// As closing and opening the slide: the keeper before writes what is left and folds old steps.
  void reopen() {
    m_keeper.reset();
    m_keeper = std::make_unique<CaseKeeper>(
        m_case, [](std::any) {}, m_stepsKept);
    m_clock.stop();
    QObject::connect(m_keeper.get(), &CaseKeeper::opened, [this] { m_clock.start(2); });
    QObject::connect(m_keeper.get(), &CaseKeeper::said, [](const QString& text) { stop(text); });
    QObject::connect(m_keeper.get(), &CaseKeeper::saveRefused, [](const QString& text) { stop(text); });
    m_keeper->open({m_file, m_file.string() + ".elsewhere"}, {"made.svs", "hash", {100000, 80000}});
  }

  static void stop(const QString& text) {
    std::fprintf(stderr, "%s\n", qPrintable(text));
    std::_Exit(3);
  }

  void act() {
    if (upTo(400) == 0) return reopen();
    const std::string state = std::to_string(++m_state);
    const int kind = upTo(9);
    const auto& all = m_case.annotations()->all();
    if (kind < 2)
      m_case.undo();
    else if (kind < 3)
      m_case.redo();
    else if (kind < 4 && !all.empty())
      m_case.change(m_case.annotations()->without({any()->id}), QStringLiteral("Delete"));
    else if (kind < 6 && !all.empty())
      change();
    else if (kind < 7)
      m_case.setBookmarks({{state, {{double(m_state), 1}, 2, 0}}}, QStringLiteral("Add Bookmark"));
    else
      draw();
    // Last, so that the state is in the file only with what it is about.
    m_case.setEntry("state", state);
    std::printf("%s %lld %lld %s\n", state.c_str(), millisecondsNow(),
                static_cast<long long>(m_case.content().head), digestOf(m_case).c_str());
    std::fflush(stdout);
  }

  const AnnotationPtr& any() {
    const auto& all = m_case.annotations()->all();
    return all[size_t(upTo(int(all.size()) - 1))];
  }

  void change() {
    Annotation changed = *any();
    changed.shape = moved(changed.shape, upTo(100) / 3.0, 1);
    changed.className = upTo(1) == 0 ? "Tumour" : "Made " + std::to_string(upTo(5));
    m_case.change(m_case.annotations()->with({changed}), QStringLiteral("Move"));
  }

  void draw() {
    Ring ring;
    for (int i = 0; i < 3 + upTo(60); ++i) ring.push_back({upTo(1000000) / 7.0, upTo(1000000) / 9.0});
    m_case.change(m_case.annotations()->with({{"", Area{{{ring, {}}}}, "Stroma", "", "", {}, false}}),
                  QStringLiteral("Draw"));
  }

  const std::filesystem::path m_file;
  const size_t m_stepsKept;
  std::mt19937 m_random;
  Case m_case;
  QTimer m_clock;
  std::unique_ptr<CaseKeeper> m_keeper;
  int m_state = 0;
};

}  // namespace
}  // namespace geneglass::testing

int main(int count, char** words) {
  QCoreApplication application(count, words);
  if (count != 4) return 2;
  const geneglass::testing::Session session(words[1], unsigned(std::atoi(words[2])),
                                            size_t(std::atoll(words[3])));
  return QCoreApplication::exec();
}
