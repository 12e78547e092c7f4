// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/pretrain_dialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "app/desktop/training/hinted_form.h"
#include "app/desktop/training/path_field.h"
#include "app/desktop/training/pretrain_plan.h"
#include "app/desktop/training/source_list.h"
#include "inference/learning/pretraining/encoder_networks.h"
#include "inference/learning/pretraining/pretrain_recipes.h"

namespace geneglass {
namespace {

constexpr int kPretrainWidth = 680;

QString pretrainKey(const char* name) {
  return QStringLiteral("pretraining/") + QLatin1String(name);
}

/// "NAME: what it is", with the name as its value.
void offer(QComboBox& box, const std::string& name, const std::string& words) {
  const QString value = QString::fromStdString(name);
  box.addItem(QStringLiteral("%1: %2").arg(value, PretrainDialog::tr(words.c_str())), value);
}

}  // namespace

PretrainDialog::PretrainDialog(QWidget* parent)
    : QDialog(parent),
      m_form(new HintedForm),
      m_sources(new SourceList),
      m_recipe(new QComboBox),
      m_encoder(new QComboBox),
      m_epochs(new QSpinBox),
      m_mpp(new QDoubleSpinBox),
      m_seed(new QSpinBox) {
  setWindowTitle(tr("Pretrain an encoder"));
  setMinimumWidth(kPretrainWidth);
  addFields();
  m_check = new StartCheck(tr("Pretrain"), [this] { return question(); });
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_form);
  layout->addWidget(m_check, 1);
  connect(m_sources, &SourceList::changed, m_check, &StartCheck::entered);
  connect(m_sources, &SourceList::changed, this, &PretrainDialog::proposeOut);
  for (PathField* field : {m_start, m_out})
    connect(field, &PathField::changed, m_check, &StartCheck::entered);
  for (QComboBox* box : {m_recipe, m_encoder})
    connect(box, &QComboBox::currentIndexChanged, m_check, &StartCheck::entered);
  for (QSpinBox* box : {m_epochs, m_seed})
    connect(box, &QSpinBox::valueChanged, m_check, &StartCheck::entered);
  connect(m_mpp, &QDoubleSpinBox::valueChanged, m_check, &StartCheck::entered);
  connect(m_recipe, &QComboBox::currentIndexChanged, this, &PretrainDialog::showFields);
  connect(m_start, &PathField::changed, this, &PretrainDialog::showFields);
  connect(m_check, &StartCheck::checked, this, &PretrainDialog::checked);
  connect(m_check, &StartCheck::begun, this, &PretrainDialog::begin);
  connect(m_check, &StartCheck::rejected, this, &QDialog::reject);
  const QSettings settings;
  m_recipe->setCurrentIndex(std::max(0, m_recipe->findData(settings.value(pretrainKey("recipe")))));
  m_sources->add(settings.value(pretrainKey("sources")).toStringList());
  showFields();
  m_check->check();
}

PretrainDialog::~PretrainDialog() = default;

void PretrainDialog::addFields() {
  for (const PretrainRecipe& recipe : pretrainRecipes()) offer(*m_recipe, recipe.name, recipe.words);
  m_encoder->addItem(tr("the recipe's"), QString());
  for (const EncoderNetwork& network : encoderNetworks()) offer(*m_encoder, network.name, network.words);
  m_start = new PathField(PathField::Kind::Folder, tr("Start from"), tr("random weights"));
  m_out = new PathField(PathField::Kind::NewFolder, tr("New encoder"), tr("a folder that is not there yet"));
  m_epochs->setRange(0, 100'000);
  m_epochs->setSpecialValueText(tr("the recipe's"));
  m_mpp->setRange(0, 100);
  m_mpp->setDecimals(3);
  m_mpp->setSingleStep(0.05);
  m_mpp->setSpecialValueText(tr("as the slides say"));
  m_seed->setRange(0, std::numeric_limits<int>::max());
  m_seed->setValue(1);
  m_form->addRow(tr("&Learn from"), m_sources, {});
  m_form->addRow(tr("&Recipe"), m_recipe,
                 tr("contrast and histcode2022 learn without labels to know a tile again among others; "
                    "composition learns the tissues that 'geneglass-cli synth' planted."));
  m_form->addRow(tr("&Encoder"), m_encoder, tr("The network that turns a tile into features."));
  m_form->addRow(tr("S&tart from"), m_start,
                 tr("A model's folder (with manifest.json) whose encoder is trained further and keeps its "
                    "shape."));
  m_form->addRow(tr("E&pochs"), m_epochs, tr("How many times each tile is seen."));
  m_form->addRow(tr("&µm per pixel"), m_mpp, tr("Of slides that do not say how large their pixels are."));
  m_form->addRow(tr("See&d"), m_seed, tr("Of weights, views and order: the same seed, the same encoder."));
  m_form->addRow(
      tr("&New encoder"), m_out,
      tr("The folder that the encoder is written to. Models > Train a Model takes it from there."));
}

bool PretrainDialog::byContrast() const {
  const auto recipe = pretrainRecipeNamed(m_recipe->currentData().toString().toStdString());
  return recipe && recipe->byContrast;
}

/// Only what the recipe needs.
void PretrainDialog::showFields() {
  const bool contrast = byContrast();
  m_form->setHint(m_sources, contrast
                                 ? tr("Slides, folders of slides, and folders of PNG or JPEG tiles where "
                                      "there is no slide. They need no labels.")
                                 : tr("Folders that 'geneglass-cli synth' made: each slide with its "
                                      "NAME.truth.h5."));
  m_form->setRowShown(m_encoder, contrast && m_start->text().isEmpty());
  m_form->setRowShown(m_start, contrast);
  m_form->setRowShown(m_mpp, contrast);
  adjustSize();
}

void PretrainDialog::addSources(const QStringList& paths) {
  m_sources->add(paths);
}

void PretrainDialog::chooseOut(const QString& folder) {
  m_out->setText(folder);
}

QString PretrainDialog::verdict() const {
  return m_check->verdict();
}

/// A name beside the first source, as long as the user has given none.
void PretrainDialog::proposeOut() {
  if (m_out->text() != m_proposed) return;
  const QStringList paths = m_sources->paths();
  m_proposed = paths.isEmpty() ? QString() : QFileInfo(paths.first()).path() + QStringLiteral("/encoder");
  m_out->setText(m_proposed);
}

PretrainRequest PretrainDialog::request() const {
  PretrainRequest asked;
  asked.recipe = m_recipe->currentData().toString().toStdString();
  for (const QString& path : m_sources->paths()) asked.sources.push_back(wholePath(path));
  asked.out = wholePath(m_out->text());
  if (byContrast()) {
    asked.start = wholePath(m_start->text());
    if (asked.start.empty()) asked.encoder = m_encoder->currentData().toString().toStdString();
    if (m_mpp->value() > 0) asked.mpp = m_mpp->value();
  }
  asked.epochs = m_epochs->value();
  asked.seed = uint64_t(m_seed->value());
  asked.threads = trainingThreads();
  return asked;
}

StartCheck::Question PretrainDialog::question() const {
  if (m_sources->paths().isEmpty()) return {tr("Add slides, or a folder of them, to learn from."), {}};
  return {{}, [asked = request()](const std::stop_token& stop) { return describePretraining(asked, stop); }};
}

void PretrainDialog::begin() {
  QSettings settings;
  settings.setValue(pretrainKey("recipe"), m_recipe->currentData());
  settings.setValue(pretrainKey("sources"), m_sources->paths());
  Q_EMIT wanted(jobOf(request()));
  accept();
}

}  // namespace geneglass
