// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/overlay_registry.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

#include "tests/support/environment_variable.h"
#include "tests/support/made_prediction.h"
#include "tests/support/test_program.h"

namespace geneglass::overlay_registry_test {

/// An overlay whose calls throw.
class ThrowingOverlay final : public Overlay {
 public:
  void paint(QPainter&, const Viewport&) const override { throw std::runtime_error("no paint left"); }
  QString textAt(Point) const override { return QStringLiteral("text"); }
};

/// A plugin that does what a test tells it to.
class WilfulPlugin final : public OverlayPlugin {
 public:
  enum class Will { Throw, ThrowNumber, GiveNothing, GiveThrowing };
  explicit WilfulPlugin(Will will) : m_will(will) {}
  Result<std::unique_ptr<Overlay>> make(const OverlayScene&) const override {
    if (m_will == Will::Throw) throw std::runtime_error("the gene is on fire");
    if (m_will == Will::ThrowNumber) throw 7;
    if (m_will == Will::GiveNothing) return std::unique_ptr<Overlay>();
    return std::make_unique<ThrowingOverlay>();
  }

 private:
  Will m_will;
};

class OverlayRegistryTest final : public QObject {
  Q_OBJECT

  using Will = WilfulPlugin::Will;

  static OverlayEntry entryOf(const WilfulPlugin& plugin) {
    OverlayEntry entry;
    entry.identifier = QStringLiteral("wilful");
    entry.name = QStringLiteral("Wilful");
    entry.plugin = &plugin;
    return entry;
  }

  static OverlayScene scene() {
    OverlayScene made;
    made.slide = std::make_shared<Slide>(testing::madeSlide());
    return made;
  }

  static std::string refusalOf(Will will) {
    const WilfulPlugin plugin(will);
    const auto made = makeOverlay(entryOf(plugin), scene());
    return made ? std::string("was made") : made.error().sentence;
  }

  static OverlayEntry refused(const std::filesystem::path& folder, const char* file) {
    for (const OverlayEntry& entry : loadOverlays(folder))
      if (entry.file.filename() == file) return entry;
    return {};
  }

 private Q_SLOTS:
  void everyPluginThatIsBuiltIsLoaded() {
    const auto entries = loadOverlays(overlayFolder());
    QCOMPARE(int(entries.size()), PLUGIN_COUNT);
    std::set<QString> identifiers;
    for (const OverlayEntry& entry : entries) {
      QVERIFY2(entry.plugin, qUtf8Printable(entry.refusal));
      QVERIFY(entry.refusal.isEmpty());
      QVERIFY(!entry.name.isEmpty());
      QCOMPARE(entry.identifier.toStdString(), entry.file.stem().string());
      identifiers.insert(entry.identifier);
    }
    QCOMPARE(int(identifiers.size()), PLUGIN_COUNT);
    for (const char* wanted : {"attention", "gene_expression", "contribution", "tissue", "scale_bar"})
      QVERIFY2(identifiers.contains(QString::fromLatin1(wanted)), wanted);
  }

  void pluginsComeInDrawingOrderAndExpressionIsOn() {
    const auto entries = loadOverlays(overlayFolder());
    for (size_t i = 1; i < entries.size(); ++i) QVERIFY(entries[i - 1].order < entries[i].order);
    for (const OverlayEntry& entry : entries)
      QCOMPARE(entry.onAtStart, entry.identifier == u"gene_expression" || entry.identifier == u"scale_bar");
  }

  void eachPluginSaysItsRoleAndWhatItNeeds() {
    std::map<std::string, std::string> said;
    for (const OverlayEntry& entry : loadOverlays(overlayFolder()))
      said[entry.identifier.toStdString()] =
          std::to_string(static_cast<int>(entry.role)) + (entry.needs.tissue ? " tissue" : "") +
          (entry.needs.prediction ? " prediction" : "") + (entry.needs.gene ? " gene" : "") +
          (entry.needs.spots ? " spots" : "");
    QCOMPARE(said["gene_expression"], std::string("2 tissue prediction gene"));
    QCOMPARE(said["genes_together"], std::string("3 tissue prediction"));
    QCOMPARE(said["attention"], std::string("1 tissue prediction gene"));
    QCOMPARE(said["contribution"], std::string("1 tissue prediction gene"));
    QCOMPARE(said["tumour_evidence"], std::string("4 prediction"));
    QCOMPARE(said["tissue"], std::string("0 tissue"));
    QCOMPARE(said["measured_spots"], std::string("5 prediction gene spots"));
    QCOMPARE(said["spot_difference"], std::string("1 prediction gene spots"));
    QCOMPARE(said["scale_bar"], std::string("6"));
  }

  void aPluginIsGivenWhatItNeedsAndNothingElse() {
    OverlayScene whole = scene();
    whole.tissue = std::make_shared<TissueMask>(testing::madeTissue());
    whole.prediction = std::make_shared<Prediction>(testing::madePrediction());
    whole.gene = 2;
    whole.spots = std::make_shared<MeasuredSpots>();
    OverlayScene wanted = whole;
    QVERIFY(partsOf(whole, {.tissue = true, .prediction = true, .gene = true, .spots = true}) == whole);
    wanted.spots = nullptr;
    wanted.prediction = nullptr;
    wanted.gene = -1;
    QVERIFY(partsOf(whole, {.tissue = true}) == wanted);
    wanted = whole;
    wanted.spots = nullptr;
    wanted.tissue = nullptr;
    QVERIFY(partsOf(whole, {.prediction = true, .gene = true}) == wanted);
    wanted.gene = -1;
    QVERIFY(partsOf(whole, {.prediction = true}) == wanted);
  }

  void filesThatDoNotFitAreListedWithTheReason_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("refusal");
    QTest::addColumn<bool>("codeRuns");
    QTest::newRow("older interface") << QStringLiteral("older_interface")
                                     << QStringLiteral(
                                            "'older_interface.so' (version 0.1.0) was built for overlay "
                                            "interface org.geneglass.OverlayPlugin/0; "
                                            "this program has org.geneglass.OverlayPlugin/19.")
                                     << false;
    QTest::newRow("other program")
        << QStringLiteral("other_program")
        << QStringLiteral(
               "'other_program.so' (version 0.1.0) is a plugin for org.example.Filter/1, not an overlay.")
        << false;
    QTest::newRow("missing metadata")
        << QStringLiteral("without_name")
        << QStringLiteral("'without_name.so' (version 0.1.0) does not say its name in its metadata.")
        << false;
    QTest::newRow("no overlay inside")
        << QStringLiteral("no_overlay")
        << QStringLiteral("'no_overlay.so' (version 0.1.0) holds no overlay although its metadata says so.")
        << true;
    QTest::newRow("cannot be loaded")
        << QStringLiteral("missing_symbol")
        << QStringLiteral("'missing_symbol.so' (version 0.1.0) could not be loaded: ") << false;
  }

  void filesThatDoNotFitAreListedWithTheReason() {
    QFETCH(QString, file);
    QFETCH(QString, refusal);
    QFETCH(bool, codeRuns);
    const OverlayEntry entry = refused(REFUSED_FOLDER, qUtf8Printable(file + QStringLiteral(".so")));
    QVERIFY(entry.plugin == nullptr);
    QVERIFY2(entry.refusal.startsWith(refusal), qUtf8Printable(entry.refusal));
    QVERIFY(entry.refusal.endsWith(u'.'));
    QCOMPARE(qEnvironmentVariableIsSet(qUtf8Printable(QStringLiteral("GENEGLASS_CODE_RAN_") + file)),
             codeRuns);
    const auto made = makeOverlay(entry, scene());
    QVERIFY(!made);
    QCOMPARE(QString::fromStdString(made.error().sentence), entry.refusal);
  }

  void aMissingOrUnknownNeedOrRoleIsRefused_data() {
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("refusal");
    const auto row = [](const char* said, const char* refusal) {
      QTest::newRow(said) << QString::fromLatin1(said) << QString::fromLatin1(refusal);
    };
    row(R"("role": "other", "needs": ["slide"])", "");
    row(R"("role": "other")", "does not say its needs in its metadata");
    row(R"("role": "other", "needs": [])", "does not say its needs in its metadata");
    row(R"("role": "other", "needs": "slide")", "does not say its needs in its metadata");
    row(R"("role": "other", "needs": ["slide", "weather"])",
        "needs 'weather', which this program does not know");
    row(R"("role": "other", "needs": ["slide", 7])", "needs '', which this program does not know");
    row(R"("role": "other", "needs": ["annotations"])",
        "needs 'annotations', which this program does not have yet");
    row(R"("needs": ["slide"])", "does not say its role in its metadata");
    row(R"("role": "hat", "needs": ["slide"])", "has the role 'hat', which this program does not know");
  }

  void aMissingOrUnknownNeedOrRoleIsRefused() {
    QFETCH(QString, said);
    QFETCH(QString, refusal);
    const QString text =
        QStringLiteral(
            R"({"IID": "%1", "MetaData": {"identifier": "a", "name": "A", "order": 1, "on": false, )"
            R"("version": "1", %2}})")
            .arg(QStringLiteral(GENEGLASS_OVERLAY_INTERFACE), said);
    const QJsonObject outer = QJsonDocument::fromJson(text.toUtf8()).object();
    QVERIFY(!outer.isEmpty());
    QCOMPARE(readOverlayMetadata(outer).refusal, refusal);
  }

  void aLibraryThatIsNoPluginIsListedAndOtherFilesAreNot() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    std::ofstream(path / "words.so") << "These are only words.";
    std::ofstream(path / "notes.txt") << "These too.";
    const auto entries = loadOverlays(path);
    QCOMPARE(entries.size(), 1u);
    QCOMPARE(entries[0].refusal, QStringLiteral("'words.so' is not a plugin."));
    QCOMPARE(entries[0].name, QStringLiteral("words.so"));
  }

  void theSecondFileOfOneIdentifierIsLeftOut() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    for (const char* name : {"a.so", "b.so"})
      std::filesystem::copy_file(overlayFolder() / "tissue.so", path / name);
    const auto entries = loadOverlays(path);
    QCOMPARE(entries.size(), 2u);
    QVERIFY(entries[0].plugin && entries[0].file.filename() == "a.so");
    QVERIFY(!entries[1].plugin);
    QCOMPARE(entries[1].refusal,
             QStringLiteral("'b.so' (version %1) is left out: another file is the overlay 'tissue' already.")
                 .arg(entries[1].version));
  }

  void aFolderIsNamedFromWhereTheProgramRuns() {
    const auto whole = loadOverlays(overlayFolder());
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(overlayFolder().parent_path());
    const auto named = loadOverlays(overlayFolder().filename());
    std::filesystem::current_path(before);
    QCOMPARE(named.size(), whole.size());
    for (const OverlayEntry& entry : named) QVERIFY2(entry.plugin, qPrintable(entry.refusal));
  }

  void aFolderThatDoesNotExistHasNoOverlays() { QVERIFY(loadOverlays("/nowhere/at/all").empty()); }

  void theFoldersOfTheCallComeFirstAndTheUsersLast() {
    const testing::EnvironmentVariable data("XDG_DATA_HOME", QByteArray("/data")),
        former("GENEGLASS_OVERLAYS", QByteArray("/some/where"));
    const std::vector<std::filesystem::path> folders = overlayFolders({"/one", "/two"});
    QCOMPARE(folders, (std::vector<std::filesystem::path>{"/one", "/two", overlayFolder(),
                                                          "/data/geneglass/overlays"}));
  }

  void allFoldersAreReadAndTheFirstOfAnIdentifierIsLoaded() {
    const QTemporaryDir one, other;
    const auto at = [](const QTemporaryDir& folder, const char* name) {
      return std::filesystem::path(folder.path().toStdString()) / name;
    };
    std::filesystem::copy_file(overlayFolder() / "tissue.so", at(one, "z.so"));
    std::filesystem::copy_file(overlayFolder() / "tissue.so", at(other, "a.so"));
    std::filesystem::copy_file(overlayFolder() / "scale_bar.so", at(other, "b.so"));
    const auto entries = loadOverlays({at(one, ""), at(other, ""), at(one, "."), "/nowhere/at/all"});
    QCOMPARE(entries.size(), 3u);
    QVERIFY(entries[0].plugin && entries[0].file == at(one, "z.so"));
    QVERIFY(entries[1].plugin && entries[1].identifier == u"scale_bar");
    QVERIFY(!entries[2].plugin && entries[2].file == at(other, "a.so"));
    QVERIFY(!entries[0].version.isEmpty());
    QCOMPARE(entries[2].version, entries[0].version);
  }

  void whatAPluginThrowsBecomesASentenceWithItsName() {
    QCOMPARE(refusalOf(Will::Throw), std::string("The overlay 'Wilful' failed: the gene is on fire."));
    QCOMPARE(refusalOf(Will::ThrowNumber), std::string("The overlay 'Wilful' failed for an unknown reason."));
    QCOMPARE(refusalOf(Will::GiveNothing),
             std::string("The overlay 'Wilful' gave neither a drawing nor a reason."));
  }

  void anOverlayThatThrowsWhilePaintingIsReportedOnceAndBlankAfterwards() {
    const WilfulPlugin plugin(Will::GiveThrowing);
    const auto overlay = makeOverlay(entryOf(plugin), scene());
    QVERIFY(overlay);
    QCOMPARE((*overlay)->textAt({}), QStringLiteral("text"));
    QImage picture(8, 8, QImage::Format_RGB32);
    QPainter painter(&picture);
    QTest::ignoreMessage(QtWarningMsg,
                         "The overlay 'Wilful' failed and is blank from now on: no paint left.");
    (*overlay)->paint(painter, {});
    (*overlay)->paint(painter, {});
    QCOMPARE((*overlay)->textAt({}), QString());
  }
};

}  // namespace geneglass::overlay_registry_test

GENEGLASS_TEST(geneglass::overlay_registry_test::OverlayRegistryTest)
#include "overlay_registry_test.moc"
