// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/support/test_program.h"
#include "viewer/foundation/program_module.h"
#include "viewer/slide/slide_probe.h"

namespace geneglass::slide_probe_test {

class SlideProbeTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  /// A program that does this in place of the probe.
  std::filesystem::path program(const char* name, const std::string& does) const {
    std::ofstream(path(name)) << "#!/bin/bash\n" << does << '\n';
    std::filesystem::permissions(path(name), std::filesystem::perms::owner_all);
    return path(name);
  }

 private Q_SLOTS:
  void initTestCase() { std::ofstream(path("slide.svs")) << "text"; }

  void whatCanBeSaidIsLeftToWhoOpensIt() {
    SlideProbe probe;
    for (int i = 0; i < 3; ++i) QVERIFY(probe.check(path("slide.svs")).has_value());
    const Result<OpenedSlide> opened = openProbed(probe, path("slide.svs"));
    QVERIFY(!opened);
    QCOMPARE(opened.error().sentence, openSlide(path("slide.svs")).error().sentence);
    QCOMPARE(openProbed(probe, path("none.svs")).error().sentence,
             openSlide(path("none.svs")).error().sentence);
  }

  void aCrashIsASentence() {
    // Answers as the probe does where a child of its own was ended by signal 11.
    SlideProbe probe(program("crash", "head -c 12 <&3 >/dev/null; printf '\\x0b\\0\\0\\0' >&3; sleep 5"));
    const Result<void> checked = probe.check(path("slide.svs"));
    QVERIFY(!checked);
    QCOMPARE(
        checked.error().sentence,
        "Cannot open '" + path("slide.svs").string() +
            "': what reads it crashed (Segmentation fault); the file is damaged, or not what it says it is.");
  }

  void whatNeverEndsIsASentence() {
    SlideProbe probe(program("hang", "exec sleep 600"), std::chrono::milliseconds(1000));
    const Result<void> checked = probe.check(path("slide.svs"));
    QVERIFY(!checked);
    QCOMPARE(checked.error().sentence,
             "Cannot open '" + path("slide.svs").string() +
                 "': what reads it did not come to an end within 1 s; the file is damaged, "
                 "or not what it says it is.");
  }

  void withoutAnotherProcessFilesOpenAsEver() {
    SlideProbe probe("/nowhere/probe");
    QVERIFY(probe.check(path("slide.svs")).has_value());
    SlideProbe gone(program("gone", "exit 3"));
    QVERIFY(gone.check(path("slide.svs")).has_value());
  }
};

}  // namespace geneglass::slide_probe_test

GENEGLASS_TEST(geneglass::slide_probe_test::SlideProbeTest)
#include "slide_probe_test.moc"
