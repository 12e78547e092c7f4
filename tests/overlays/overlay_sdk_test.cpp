// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "overlays/overlay_registry.h"
#include "tests/support/called_program.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::overlay_sdk_test {

using namespace geneglass::testing;
namespace fs = std::filesystem;

/// The example overlay, built outside the tree with what `cmake --install --component sdk` leaves.
class OverlaySdkTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  fs::path path(const std::string& name) const { return fs::path(m_folder.path().toStdString()) / name; }

  static void cmake(const Words& words) {
    const Ended ended = callProgram(CMAKE_PROGRAM, words);
    QVERIFY2(ended.status == 0, (ended.output + ended.said).c_str());
  }
  /// Builds it with the SDK there; where the plugin lies.
  fs::path build(const std::string& name) const {
    const fs::path made = path("build-" + name);
    cmake({"-S", path(name + "/share/geneglass/overlay-example").string(), "-B", made.string(), "-G",
           BUILD_GENERATOR, "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_PREFIX_PATH=" + path(name).string()});
    cmake({"--build", made.string()});
    return made / "overlays";
  }

 private Q_SLOTS:
  void initTestCase() {
    cmake({"--install", BUILD_FOLDER, "--component", "sdk", "--prefix", path("sdk").string()});
  }

  void anOverlayOfOneFileIsBuiltAndLoaded() {
    const auto entries = loadOverlays({overlayFolder(), build("sdk")});
    QCOMPARE(entries.size(), size_t(PLUGIN_COUNT) + 1);
    const auto found = std::ranges::find(entries, QStringLiteral("scanned_area"), &OverlayEntry::identifier);
    QVERIFY(found != entries.end());
    QVERIFY2(found->plugin, qPrintable(found->refusal));
    QCOMPARE(found->name, QStringLiteral("Scanned area"));
    QCOMPARE(found->version, QStringLiteral("1.2"));

    const auto slide = std::make_shared<Slide>();
    OverlayScene scene;
    scene.slide = slide;
    QCOMPARE(makeOverlay(*found, scene).error().sentence,
             std::string("The slide does not say what was scanned."));
    slide->bounds = {0, 0, 50, 50};
    const auto overlay = makeOverlay(*found, scene);
    QVERIFY2(overlay, overlay ? "" : overlay.error().sentence.c_str());
    QCOMPARE((*overlay)->textAt({10, 10}), QStringLiteral("scanned"));
    QCOMPARE((*overlay)->textAt({60, 10}), QStringLiteral("not scanned"));
    QImage picture(100, 100, QImage::Format_RGB32);
    picture.fill(Qt::white);
    const QImage empty = picture;
    QPainter painter(&picture);
    Viewport view;
    view.centre = {50, 50};
    view.downsample = 1;
    view.width = view.height = 100;
    (*overlay)->paint(painter, view);
    painter.end();
    QVERIFY(picture != empty);
    QCOMPARE((*overlay)->key().lines.size(), size_t(1));
    QCOMPARE((*overlay)->key().lines[0].text, QStringLiteral("scanned area"));

    QCOMPARE(found->controls.size(), size_t(2));
    scene.settings = {500, 0};  // wider than it may be, not dashed
    const auto wide = makeOverlay(*found, scene);
    QVERIFY(wide);
    QImage covered = empty;
    QPainter again(&covered);
    (*wide)->paint(again, view);
    again.end();
    const QRgb line = (*wide)->key().lines[0].colour.rgb();
    for (int x = 0; x < 50; ++x) QCOMPARE(covered.pixel(x, 5), line);
    QVERIFY(covered.pixel(25, 25) != line);  // the widest there may be does not fill it
  }

  void oneWhoseControlsCannotBeShownIsRefused() {
    fs::copy(path("sdk"), path("twice"), fs::copy_options::recursive);
    const fs::path source = path("twice/share/geneglass/overlay-example/scanned_area.cpp");
    std::string text = bytesOfFile(source);
    const std::string key = "\"dashed\"";
    QVERIFY(text.find(key) != std::string::npos);
    std::ofstream(source) << text.replace(text.find(key), key.size(), "\"line_width\"");
    const auto entries = loadOverlays(build("twice"));
    QCOMPARE(entries.size(), size_t(1));
    QVERIFY(!entries[0].plugin);
    QCOMPARE(entries[0].refusal,
             QStringLiteral("'scanned_area.so' (version 1.2) has two controls 'line_width'."));
  }

  void oneOfAnOlderNumberIsListedWithVersionAndReason() {
    fs::copy(path("sdk"), path("older"), fs::copy_options::recursive);
    const fs::path header = path("older/include/geneglass/overlays/overlay_plugin.h");
    std::string text = bytesOfFile(header);
    const std::string number = "org.geneglass.OverlayPlugin/";
    const size_t place = text.find(number);
    QVERIFY(place != std::string::npos);
    text.replace(place, text.find('"', place) - place, number + "14");
    std::ofstream(header) << text;
    const auto entries = loadOverlays(build("older"));
    QCOMPARE(entries.size(), size_t(1));
    QVERIFY(!entries[0].plugin);
    QCOMPARE(entries[0].name, QStringLiteral("Scanned area"));
    QCOMPARE(entries[0].version, QStringLiteral("1.2"));
    const QString current = QStringLiteral(GENEGLASS_OVERLAY_INTERFACE).section(u'/', 1);
    QVERIFY2(entries[0].refusal.contains(u"14") && entries[0].refusal.contains(current),
             qPrintable(entries[0].refusal));
  }
};

}  // namespace geneglass::overlay_sdk_test

GENEGLASS_TEST(geneglass::overlay_sdk_test::OverlaySdkTest)
#include "overlay_sdk_test.moc"
