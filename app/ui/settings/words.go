package settings

import (
	"mulutong/app/words"
	"mulutong/app/work"
)

var (
	title       = words.Text{ZH: "设置", EN: "Settings"}
	notKept     = words.Text{ZH: "没能存下来", EN: "Not kept"}
	notKeptLong = words.Text{ZH: "%s\n\n现在就按新的设置来，但是只到关闭程序为止，下次打开又是原来的。", EN: "%s\n\nThe new settings hold until the program is closed; the next start has the old ones."}
	partLook    = words.Text{ZH: "显示和本人", EN: "Look and person"}
	partData    = words.Text{ZH: "数据和备份", EN: "Data and backups"}
	partMove    = words.Text{ZH: "换电脑、交接", EN: "Moving"}
	partAbout   = words.Text{ZH: "关于", EN: "About"}
	textSize    = words.Text{ZH: "文字大小", EN: "Text size"}
	look        = words.Text{ZH: "颜色", EN: "Colours"}
	lookLight   = words.Text{ZH: "浅色", EN: "Light"}
	lookDark    = words.Text{ZH: "深色", EN: "Dark"}
	lookSharp   = words.Text{ZH: "高对比度", EN: "High contrast"}
	language    = words.Text{ZH: "语言 Language", EN: "Language 语言"}
	person      = words.Text{ZH: "姓名", EN: "Name"}
	personHint  = words.Text{ZH: "修改记录里记下是谁改的，签发表上也会用到。只存在这台电脑上。", EN: "The history notes who changed what, and forms use it too. It stays on this computer."}
	personEmpty = words.Text{ZH: "你的姓名", EN: "Your name"}
	due         = words.Text{ZH: "每月报送截止", EN: "Due each month"}
	dueDay      = words.Text{ZH: "%d 日", EN: "day %d"}
	dueHint     = words.Text{ZH: "“总览”按这一天提醒。没有这一天的月份，按最后一天；遇节假日，顺延到下一个工作日。", EN: "The overview reminds of this day. Shorter months take their last day; a day off moves it to the next working day."}

	dataFolder   = words.Text{ZH: "目录存放在", EN: "The catalogs are in"}
	openFolder   = words.Text{ZH: "打开文件夹", EN: "Open the folder"}
	changeFolder = words.Text{ZH: "换一个文件夹…", EN: "Another folder…"}
	chooseData   = words.Text{ZH: "目录存放在哪个文件夹", EN: "Where the catalogs are kept"}
	useThere     = words.Text{ZH: "打开那里的目录", EN: "Open the catalogs there"}
	useThereLong = words.Text{ZH: "这个文件夹里已经有目录：\n%s\n要打开那里的目录吗？现在的目录留在原来的文件夹，不会丢。", EN: "There are catalogs in this folder:\n%s\nOpen those? The present ones stay where they are."}
	copyThere    = words.Text{ZH: "复制过去并使用", EN: "Copy them there"}
	copyLong     = words.Text{ZH: "把现在的目录、修改记录和签发扫描件复制到：\n%s\n以后就用那里的。原来的文件夹不动，确认无误后可以自己删去。", EN: "Copy the catalogs, their history and scanned forms to:\n%s\nand use those from now on. The old folder stays; delete it yourself when all is well."}
	copying      = words.Text{ZH: "正在复制目录", EN: "Copying the catalogs"}

	backupsIn     = words.Text{ZH: "备份存放在", EN: "Backups go to"}
	backupsHint   = words.Text{ZH: "最好放在另一块硬盘或单位的共享文件夹，电脑坏了也不怕。", EN: "Best on another disk or a shared folder, in case the computer breaks."}
	daily         = words.Text{ZH: "每天自动备份一次，留最近 %d 份", EN: "Back up once a day; the last %d are kept"}
	backupNow     = words.Text{ZH: "立即备份", EN: "Back up now"}
	backingUp     = words.Text{ZH: "正在备份", EN: "Backing up"}
	backedUp      = words.Text{ZH: "已备份。", EN: "Backed up."}
	chooseBackups = words.Text{ZH: "备份存放在哪个文件夹", EN: "Where backups go"}
	noBackups     = words.Text{ZH: "还没有备份", EN: "No backups yet"}
	noBackupsHint = words.Text{ZH: "点“立即备份”，马上做一份。", EN: "Back up now to make the first."}
	restore       = words.Text{ZH: "恢复…", EN: "Restore…"}
	restoreOther  = words.Text{ZH: "用别的备份文件恢复…", EN: "Restore another file…"}
	restoreTitle  = words.Text{ZH: "恢复备份", EN: "Restore a backup"}
	restoreLong   = words.Text{ZH: "用这份备份替换现在的全部目录：\n%s\n\n替换之前，先把现在的内容备份一份。恢复错了，再恢复那一份就回来了。", EN: "Replace all present catalogs by this backup:\n%s\n\nThe present ones are backed up first; restore that backup to go back."}
	restoreYes    = words.Text{ZH: "恢复", EN: "Restore"}
	restoring     = words.Text{ZH: "正在恢复备份", EN: "Restoring the backup"}
	restored      = words.Text{ZH: "已恢复。原来的内容备份在列表里，标着“恢复之前”。", EN: "Restored. What was there is in the list, marked “before a restore”."}
	otherUnit     = words.Text{ZH: "另一个单位的", EN: "of another unit"}

	moveTitle = words.Text{ZH: "搬到另一台电脑，或者交给另一位同事", EN: "To another computer, or another colleague"}
	moveLong  = words.Text{ZH: "把全部目录、修改记录和签发扫描件打包成一份备份，旁边附一份使用说明。复制到那台电脑，打开“目录通”，选“从备份恢复”就可以接着做。", EN: "Packs all catalogs, their history and scanned forms as a backup, with a guide beside it. Copy it to the other computer, start Mulutong there and restore it."}
	moveOnce  = words.Text{ZH: "搬好以后只在一台电脑上改：两台都改，内容不会自动合并。", EN: "From then on edit on one computer only: two do not merge by themselves."}
	moveMake  = words.Text{ZH: "打包…", EN: "Pack…"}
	moveName  = words.Text{ZH: "目录通-%s-%s", EN: "Mulutong-%s-%s"}
	packing   = words.Text{ZH: "正在打包", EN: "Packing"}
	packed    = words.Text{ZH: "已打包，把这些文件一起复制过去：", EN: "Packed. Copy these files together:"}
	takeTitle = words.Text{ZH: "接手别人打包的目录", EN: "Take over what was packed elsewhere"}
	takeLong  = words.Text{ZH: "选择拷来的备份文件。这台电脑上现在的目录会先备份一份，再换成那份备份里的。", EN: "Choose the backup file. The catalogs on this computer are backed up first, then replaced by those in it."}
	takeIt    = words.Text{ZH: "选择备份文件…", EN: "Choose a backup…"}

	aboutName = words.Text{ZH: "目录通", EN: "Mulutong"}
	aboutWhat = words.Text{ZH: "基层政务公开标准目录编制工具。不联网也能用，内容只存在您自己的电脑上。", EN: "Compiles standard catalogs of disclosure for grassroots units. It works without a network and keeps everything on your own computer."}
	version   = words.Text{ZH: "程序版本", EN: "Program"}
	templates = words.Text{ZH: "模板版本", EN: "Templates"}
	register  = words.Text{ZH: "依据库版本", EN: "Register of legal bases"}
	unit      = words.Text{ZH: "使用单位", EN: "Unit"}
	licences  = words.Text{ZH: "许可", EN: "Licences"}
)

// kinds say why a backup was made.
var kinds = map[work.BackupKind]words.Text{
	work.Manual:        {ZH: "手动", EN: "by hand"},
	work.Daily:         {ZH: "每天自动", EN: "daily"},
	work.BeforeImport:  {ZH: "导入之前", EN: "before an import"},
	work.BeforeUpgrade: {ZH: "模板升级之前", EN: "before an upgrade"},
	work.BeforeRestore: {ZH: "恢复之前", EN: "before a restore"},
}
